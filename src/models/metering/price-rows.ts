import type { NewId } from '../../base/index.ts';
import type { Transaction } from '../../store/index.ts';
import type { CallRecord, UnitPrice } from '../door/ports.ts';

/** Models whose latest price is remembered in this process; beyond it they are looked up again. */
const MOST_REMEMBERED = 1000;

/**
 * Finds the row of a price, or adds one that is valid from the call on. Rows are never changed, so that what an old
 * call cost stays explained when prices change.
 */
export class PriceRows {
  readonly #newId: NewId;
  /** The latest price of each model. */
  readonly #latest = new Map<string, { readonly key: string; readonly id: string }>();

  constructor(newId: NewId) {
    this.#newId = newId;
  }

  /** The price row's id of each record, by {@link priceKeyOf}. */
  async idsOf(tx: Transaction, records: readonly CallRecord[]): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    for (const record of records) {
      const key = priceKeyOf(record);
      const latest = this.#latest.get(modelOf(record));
      if (!ids.has(key)) ids.set(key, latest?.key === key ? latest.id : await this.#find(tx, record));
    }
    return ids;
  }

  /** After a transaction that did not commit: rows it added are not there. */
  forget(): void {
    this.#latest.clear();
  }

  async #find(tx: Transaction, record: CallRecord): Promise<string> {
    const { provider, model, price } = record;
    const parameters = [provider, model, ...amountsOf(price)];
    const [row] = await tx.query<{ id: string }>(FIND, parameters);
    const id = row?.id ?? this.#newId();
    if (row === undefined) await tx.query(ADD, [...parameters, id, new Date(record.at)]);
    if (this.#latest.size >= MOST_REMEMBERED) this.#latest.clear();
    this.#latest.set(modelOf(record), { key: priceKeyOf(record), id });
    return id;
  }
}

/** Tells prices apart: provider, model and each unit price. */
export function priceKeyOf({ provider, model, price }: CallRecord): string {
  return [provider, model, ...amountsOf(price)].join('\n');
}

function modelOf({ provider, model }: CallRecord): string {
  return `${provider}\n${model}`;
}

function amountsOf(price: UnitPrice): string[] {
  const { inputNanoUsdPerMillion: input, outputNanoUsdPerMillion: output } = price;
  const { cachedInputNanoUsdPerMillion: read, cacheWriteNanoUsdPerMillion: write } = price;
  return [input, output, read, write].map(String);
}

/** The latest row of the model, if it says the same: a price that went up and down again is a third row. */
const FIND = `
  select id from (
    select * from unit_prices where provider = $1 and model = $2 order by valid_from desc, id desc limit 1) latest
  where input_nano_usd_per_million = $3 and output_nano_usd_per_million = $4
    and cached_input_nano_usd_per_million = $5 and cache_write_nano_usd_per_million = $6`;

const ADD = `
  insert into unit_prices (provider, model, input_nano_usd_per_million, output_nano_usd_per_million,
    cached_input_nano_usd_per_million, cache_write_nano_usd_per_million, id, valid_from)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;
