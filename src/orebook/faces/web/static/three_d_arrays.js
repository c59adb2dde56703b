// Arrays as the server packs them: the length of the head, the head in JSON, and four bytes for each number.

/** The head with its arrays in it. */
export async function unpacked(address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${answer.status} for ${address.split("?")[0]}`);
  const bytes = await answer.arrayBuffer();
  const long = new DataView(bytes).getUint32(0, true);
  const { arrays, ...head } = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, long)));
  for (const [name, [at, count, kind]] of Object.entries(arrays)) {
    head[name] = new (kind === "f" ? Float32Array : Uint32Array)(bytes, 4 + long + at * 4, count);
  }
  return head;
}
