/** This machine, by address: IPv4, IPv6 and IPv4 written as IPv6. */
export function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address ?? "");
}

/** This machine, by the name in a Host header; another name that leads here is somebody's trick. */
export function isLoopbackName(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? "");
}
