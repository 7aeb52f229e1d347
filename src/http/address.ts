/** Whom an address stands for when requests are counted. */

/**
 * An IPv6 network of 64 bits is one customer of a provider: counted by whole addresses, each has 2⁶⁴ tries.
 * @param address as `cf-connecting-ip` says it; what cannot be read is counted together
 */
export function networkOf(address: string | undefined): string {
  if (!address) return "unknown";
  if (!address.includes(":")) return address;
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped) return mapped;
  const host = URL.canParse(`http://[${address}]/`) ? new URL(`http://[${address}]/`).hostname : undefined;
  if (host === undefined) return "unknown";
  const [before = "", after] = host.slice(1, -1).split("::");
  const groups = (text: string) => text.split(":").filter(Boolean);
  const missing = after === undefined ? 0 : 8 - groups(before).length - groups(after).length;
  const all = [...groups(before), ...Array<string>(missing).fill("0"), ...groups(after ?? "")];
  return `${all.slice(0, 4).join(":")}::/64`;
}
