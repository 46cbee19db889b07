import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

type Bytes = Buffer;
type Site = { readonly origin: string; readonly rpId: string };
/** What a device can do wrong, or an attacker make it do. */
type Way = {
  readonly origin?: string;
  readonly rpId?: string;
  /** False: the device did not ask for finger, face or PIN. */
  readonly verified?: boolean;
  readonly count?: number;
  readonly type?: string;
  readonly userHandle?: string;
};

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();

/** A device with one key (ES256), which makes the bytes of WebAuthn §6.1 and §6.5 as a real one does. */
export function softAuthenticator({ origin, rpId }: Site) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let count = 0;
  let owner: string | undefined;

  const clientData = (type: string, challenge: string, way: Way) =>
    Buffer.from(
      JSON.stringify({ type: way.type ?? type, challenge, origin: way.origin ?? origin, crossOrigin: false }),
    );
  const authData = (way: Way, attested?: Bytes) => {
    // UP, UV, BE, BS, AT (WebAuthn §6.1).
    const flags = 0x01 | (way.verified === false ? 0 : 0x04) | 0x18 | (attested ? 0x40 : 0);
    const head = Buffer.alloc(5);
    head[0] = flags;
    head.writeUInt32BE(way.count ?? count, 1);
    return Buffer.concat([sha256(way.rpId ?? rpId), head, attested ?? Buffer.alloc(0)]);
  };

  return {
    id: b64(id),
    /** `RegistrationResponseJSON` with attestation "none". */
    create(options: { challenge: string; user?: { id: string } }, way: Way = {}) {
      owner = options.user?.id;
      const key = cborMap([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const data = authData(way, Buffer.concat([Buffer.alloc(16), length, id, key]));
      const attestation = cborMap([
        ['fmt', 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', data],
      ]);
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key' as const,
        response: {
          clientDataJSON: b64(clientData('webauthn.create', options.challenge, way)),
          attestationObject: b64(attestation),
          transports: ['internal' as const],
        },
        clientExtensionResults: {},
      };
    },
    /** `AuthenticationResponseJSON`; the count goes up by one each time. */
    get(options: { challenge: string }, way: Way = {}) {
      count += 1;
      const client = clientData('webauthn.get', options.challenge, way);
      const data = authData(way);
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key' as const,
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(data),
          signature: b64(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
          ...((way.userHandle ?? owner) === undefined ? {} : { userHandle: way.userHandle ?? owner }),
        },
        clientExtensionResults: {},
      };
    },
  };
}

type Cbor = number | string | Uint8Array | Map<string, never>;

/** CBOR (RFC 8949) of the few kinds a credential needs. */
function cborMap(entries: readonly (readonly [Cbor, Cbor])[]): Bytes {
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

function cbor(value: Cbor): Bytes {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map) return head(5, 0);
  return Buffer.concat([head(2, value.length), value]);
}

function head(major: number, size: number): Bytes {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  return Buffer.from([(major << 5) | 25, size >> 8, size & 0xff]);
}
