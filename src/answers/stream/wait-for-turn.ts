import type { Making } from './answer-streams.ts';
import type { Turn, Turns } from './turns.ts';

/** How often an answer that waits says how many are before it. */
const TELL_MS = 1_000;

/**
 * Waits in the queue, and says so on the answer's stream.
 * @throws the signal's reason
 */
export async function waitForTurn(turns: Turns, making: Pick<Making, 'emit' | 'signal'>): Promise<Turn> {
  const started = performance.now();
  const turn = turns.take(making.signal);
  const tell = (): void => {
    const ms = Math.round(performance.now() - started);
    making.emit({ type: 'stage.completed', data: { stage: 'queued', ms, ahead: turn.ahead() } });
  };
  const telling = setInterval(tell, TELL_MS);
  try {
    await turn.come;
  } finally {
    clearInterval(telling);
  }
  return turn;
}
