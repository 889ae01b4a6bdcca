/** An exchange has no place of its own: its pages show the time of whoever looks. */
export const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
