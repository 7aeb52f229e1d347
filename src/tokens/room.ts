/** Bytes that configured claims may take, so that a signed token stays under 8 KB (design §5.11). */
export const ROOM = 4_600;
