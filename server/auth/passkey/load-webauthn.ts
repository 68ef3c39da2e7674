/** The library of passkeys, loaded when a passkey is first used: its certificate schemas take longer to load than the rest of the server. */
export const loadWebauthn = () => import("@simplewebauthn/server");
