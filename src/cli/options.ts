import { InvalidArgumentError } from 'commander';

/** Reads a whole number from the command line, within bounds (both included). */
export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`Allowed: a whole number from ${lowest} to ${highest}.`);
  };
}
