// FIPS 180-4: the constants are the first 32 bits of the fractional parts of the cube and square roots of the first primes.
const PRIMES = firstPrimes(64);
const ROUND = Uint32Array.from(PRIMES, (prime) => fraction32(prime, 3));
const INITIAL = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction32(prime, 2));
const BLOCK = 64;

/**
 * SHA-256 (FIPS 180-4) over bytes that arrive in pieces, the same in browser, Node and edge; WebCrypto only takes the whole.
 *
 * @example
 * const hash = new Sha256()
 * for (const part of ['The ', 'sea']) hash.update(new TextEncoder().encode(part))
 * const digest = hash.digest()
 * digest.length // => 32
 */
export class Sha256 {
  #state = INITIAL.slice();
  #block = new Uint8Array(BLOCK);
  #words = new Uint32Array(64);
  #length = 0;
  #done = false;

  /** Adds bytes. Throws Error after {@link digest}. */
  update(bytes: Uint8Array): this {
    if (this.#done) throw new Error('Sha256: update after digest');
    let at = 0;
    const filled = this.#length % BLOCK;
    this.#length += bytes.length;
    if (filled > 0) {
      at = Math.min(BLOCK - filled, bytes.length);
      this.#block.set(bytes.subarray(0, at), filled);
      if (filled + at < BLOCK) return this;
      this.#compress(this.#block, 0);
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.#compress(bytes, at);
    this.#block.set(bytes.subarray(at));
    return this;
  }

  /** The 32 bytes of the hash; can be called once. */
  digest(): Uint8Array {
    if (this.#done) throw new Error('Sha256: digest after digest');
    const length = this.#length;
    const padding = new Uint8Array(paddingLength(length));
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(length / 0x20000000));
    view.setUint32(padding.length - 4, (length << 3) >>> 0);
    this.update(padding);
    this.#done = true;
    const result = new DataView(new ArrayBuffer(32));
    for (let i = 0; i < 8; i++) result.setUint32(i * 4, this.#state[i]!);
    return new Uint8Array(result.buffer);
  }

  #compress(bytes: Uint8Array, offset: number): void {
    const w = this.#words;
    for (let i = 0, at = offset; i < 16; i++, at += 4) {
      w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    const state = this.#state;
    let a = state[0]! | 0;
    let b = state[1]! | 0;
    let c = state[2]! | 0;
    let d = state[3]! | 0;
    let e = state[4]! | 0;
    let f = state[5]! | 0;
    let g = state[6]! | 0;
    let h = state[7]! | 0;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    state[4]! += e;
    state[5]! += f;
    state[6]! += g;
    state[7]! += h;
  }
}

// A one bit, zeros, and eight bytes of length, up to a whole block.
function paddingLength(length: number): number {
  return BLOCK - ((length + 8) % BLOCK) + 8;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}

/** The first 32 bits of the fractional part of the root of an integer, by exact integer arithmetic. */
function fraction32(value: number, degree: 2 | 3): number {
  const scaled = BigInt(value) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= scaled) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}
