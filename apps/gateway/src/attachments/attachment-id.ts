const attachmentId = /^att(\d{1,18})$/;

/** The digits of an attachment's id as contents' routes know it, `att123`; undefined for other ids. */
export const attachmentIdOf = (id: string): string | undefined => attachmentId.exec(id)?.[1];
