import { readWords, spread, type WordSink } from './word-reader.ts';

/** Words in a shingle. */
export const SHINGLE = 7;
/** Shingles in a window of which one is kept (winnowing): a run of 14 equal words always shares one. */
export const WINDOW = 8;
/** A shingle with fewer different words says too little. */
const MIN_DIFFERENT = 4;

/** Words kept from the block before, so that a run can be followed backwards. */
const HISTORY = 512;
const CAPACITY = 8192;

// Rolling polynomials modulo 2^32, one per lane.
const BASE_1 = 0x9e3779b1 | 0;
const BASE_2 = 0x27d4eb2f;
const OUT_1 = power(BASE_1, SHINGLE - 1);
const OUT_2 = power(BASE_2, SHINGLE - 1);

function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = Math.imul(result, base);
  return result;
}

/** What sees the text block by block. */
export type BlockVisitor = (block: Block) => void;

/** Words `first` to `first + count` of the document; shingle `i` covers words `i` to `i + 6`. */
export type Block = {
  /** Index in the document of word 0 of this block. */
  first: number;
  /** Words in the block. */
  count: number;
  /** Shingles that are complete; those before `fresh` were seen in the block before. */
  shingles: number;
  fresh: number;
  readonly lane1: Int32Array;
  readonly lane2: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Which shingles are fingerprints, ascending. */
  readonly selected: Int32Array;
  selectedCount: number;
  /** Nothing follows. */
  final: boolean;
};

type Buffers = { readonly words: WordSink; readonly block: Block };

// Most documents are shorter than the buffers they are read with, so the buffers are used again.
const spare: Buffers[] = [];
const MAX_SPARE = 4;

function newBuffers(): Buffers {
  const lanes = () => new Int32Array(CAPACITY);
  const places = { from: new Float64Array(CAPACITY), to: new Float64Array(CAPACITY) };
  return {
    words: { capacity: CAPACITY, count: 0, hash1: lanes(), hash2: lanes(), ...places },
    block: {
      ...places,
      first: 0,
      count: 0,
      shingles: 0,
      fresh: 0,
      lane1: lanes(),
      lane2: lanes(),
      selected: lanes(),
      selectedCount: 0,
      final: false,
    },
  };
}

/**
 * Cuts a document of any length into shingles and tells `visit` block by block. Memory does not grow with the document.
 * Feed bytes of UTF-8 with `push`, then `end`.
 */
export class ShingleReader {
  readonly #visit: BlockVisitor;
  readonly #words: WordSink;
  readonly #block: Block;
  #carry = new Uint8Array(0);
  #offset = 0;
  #total: number | undefined;
  // Relative to the block; the shingle with the smallest hash of the window, and the one kept last.
  #smallest = -1;
  #kept = -1;
  #rolling1 = 0;
  #rolling2 = 0;

  constructor(visit: BlockVisitor) {
    this.#visit = visit;
    const { words, block } = spare.pop() ?? newBuffers();
    this.#words = words;
    this.#block = block;
    words.count = 0;
    block.first = block.count = block.shingles = block.fresh = block.selectedCount = 0;
    block.final = false;
  }

  /** Words of the document so far; the last few bytes may still wait. */
  get words(): number {
    return this.#total ?? this.#block.first + this.#words.count;
  }

  push(bytes: Uint8Array): void {
    let all = bytes;
    if (this.#carry.length > 0) {
      all = new Uint8Array(this.#carry.length + bytes.length);
      all.set(this.#carry);
      all.set(bytes, this.#carry.length);
    }
    const read = this.#read(all, false);
    this.#carry = all.slice(read);
    this.#offset += read;
  }

  /** The document ends, and with it the use of this reader; what is still open is told. */
  end(): void {
    this.#read(this.#carry, true);
    this.#carry = new Uint8Array(0);
    this.#block.final = true;
    this.#tell();
    this.#total = this.words;
    if (spare.length < MAX_SPARE) spare.push({ words: this.#words, block: this.#block });
  }

  #read(bytes: Uint8Array, final: boolean): number {
    for (let at = 0; ; ) {
      at = readWords(bytes, at, final, this.#offset, this.#words);
      if (!this.#full()) return at;
      this.#tell();
    }
  }

  #full(): boolean {
    return this.#words.count > CAPACITY / 2;
  }

  /** Works on the words that are there, and moves the youngest to the front. */
  #tell(): void {
    const block = this.#block;
    block.count = this.#words.count;
    this.#hashShingles();
    this.#winnow();
    this.#visit(block);
    this.#shift(Math.max(0, block.count - HISTORY));
  }

  #hashShingles(): void {
    const { hash1, hash2 } = this.#words;
    const block = this.#block;
    block.fresh = block.shingles;
    const until = Math.max(block.shingles, block.count - SHINGLE + 1);
    let rolling1 = this.#rolling1;
    let rolling2 = this.#rolling2;
    let at = block.shingles;
    if (at === 0 && block.first === 0 && until > 0) {
      for (let i = 0; i < SHINGLE; i++) {
        rolling1 = (Math.imul(rolling1, BASE_1) + hash1[i]!) | 0;
        rolling2 = (Math.imul(rolling2, BASE_2) + hash2[i]!) | 0;
      }
      block.lane1[0] = spread(rolling1);
      block.lane2[0] = spread(rolling2);
      at = 1;
    }
    for (; at < until; at++) {
      const out = at - 1;
      const into = at + SHINGLE - 1;
      rolling1 = (Math.imul(rolling1 - Math.imul(hash1[out]!, OUT_1), BASE_1) + hash1[into]!) | 0;
      rolling2 = (Math.imul(rolling2 - Math.imul(hash2[out]!, OUT_2), BASE_2) + hash2[into]!) | 0;
      block.lane1[at] = spread(rolling1);
      block.lane2[at] = spread(rolling2);
    }
    this.#rolling1 = rolling1;
    this.#rolling2 = rolling2;
    block.shingles = until;
  }

  #winnow(): void {
    const { lane1, selected, shingles, fresh, first } = this.#block;
    let smallest = this.#smallest;
    let kept = this.#kept;
    let count = 0;
    for (let at = fresh; at < shingles; at++) {
      if (smallest >= 0 && smallest > at - WINDOW) {
        if (lane1[at]! >>> 0 <= lane1[smallest]! >>> 0) smallest = at;
      } else {
        // Of equal ones the last: what is kept then depends on the words of the window alone.
        smallest = Math.max(0, at - WINDOW + 1);
        for (let i = smallest + 1; i <= at; i++) {
          if (lane1[i]! >>> 0 <= lane1[smallest]! >>> 0) smallest = i;
        }
      }
      if (smallest === kept || first + at < WINDOW - 1) continue;
      kept = smallest;
      if (this.#saysEnough(kept)) selected[count++] = kept;
    }
    this.#smallest = smallest;
    this.#kept = kept;
    this.#block.selectedCount = count;
  }

  /** "La la la la" is everywhere. */
  #saysEnough(shingle: number): boolean {
    const { hash1 } = this.#words;
    let different = 1;
    for (let i = shingle + 1; i < shingle + SHINGLE; i++) {
      let seen = false;
      for (let j = shingle; j < i && !seen; j++) seen = hash1[j] === hash1[i];
      if (!seen && ++different >= MIN_DIFFERENT) return true;
    }
    return false;
  }

  #shift(by: number): void {
    if (by === 0) return;
    const block = this.#block;
    const { count } = block;
    for (const array of [this.#words.hash1, this.#words.hash2, block.lane1, block.lane2])
      array.copyWithin(0, by, count);
    block.from.copyWithin(0, by, count);
    block.to.copyWithin(0, by, count);
    this.#words.count = count - by;
    block.count = count - by;
    block.shingles -= by;
    block.fresh = block.shingles;
    block.first += by;
    this.#smallest = this.#smallest < by ? -1 : this.#smallest - by;
    this.#kept = this.#kept < by ? -1 : this.#kept - by;
  }
}
