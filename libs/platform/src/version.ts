/** The version that this build reports as a member, in `/status` headers and to clients. */
export const version = '0.1.0';
