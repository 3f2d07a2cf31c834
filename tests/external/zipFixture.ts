import { crc32, deflateRawSync } from "node:zlib";

/** A member of an archive to be made, and how it is to be wrong, if at all. */
export interface Member {
  readonly name: string;
  readonly content: string | Buffer;
  readonly method?: "stored" | "deflate" | "zstd";
  /** The size it claims to unpack to. */
  readonly claim?: number;
  readonly crc?: number;
  /** Its compressed data, in place of what `method` makes. */
  readonly packed?: Buffer;
}

const METHODS = { stored: 0, deflate: 8, zstd: 93 };

/** A zip archive in memory. @see APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16. */
export function zipOf(members: readonly Member[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = "deflate", claim, crc, packed } of members) {
    const data = Buffer.from(content);
    const compressed = packed ?? pack(data, method);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(METHODS[method], 4);
    common.writeUInt32LE(crc ?? crc32(data), 10);
    common.writeUInt32LE(compressed.length, 14);
    common.writeUInt32LE(claim ?? data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), compressed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function pack(data: Buffer, method: keyof typeof METHODS): Buffer {
  if (method === "stored") return data;
  return method === "deflate" ? deflateRawSync(data) : zstdFrames(data, 3);
}

/** Zstandard frames around uncompressed blocks, each frame with a share of the data. @see RFC 8878, section 3.1.1. */
export function zstdFrames(data: Buffer, frames: number, windowDescriptor = 0x58): Buffer {
  const share = Math.ceil(data.length / frames);
  const parts: Buffer[] = [];
  for (let from = 0; from < data.length; from += share) {
    const part = data.subarray(from, from + share);
    parts.push(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, windowDescriptor]));
    for (let at = 0; at < part.length; at += 100_000) {
      const block = part.subarray(at, at + 100_000);
      const header = Buffer.alloc(3);
      header.writeUIntLE((block.length << 3) | Number(at + 100_000 >= part.length), 0, 3);
      parts.push(header, block);
    }
  }
  return Buffer.concat(parts);
}
