/** What a recording is, as far as its exact hash goes. */
export type Samples = {
  readonly kind: 'integer' | 'float' | 'mpeg';
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** Samples per channel; of MPEG audio the bytes. */
  readonly length: number;
  /** MD5 of the samples, interleaved, little-endian and signed (as in FLAC), or of the MPEG frames. */
  readonly md5: Uint8Array;
};
