// When something was, in the words in which one remembers it.

const day = 24 * 60 * 60 * 1000;
const month = new Intl.DateTimeFormat("en", { month: "long" });
const year = new Intl.DateTimeFormat("en", { month: "long", year: "numeric" });

export function dayOf(time, now = new Date()) {
  const then = new Date(time);
  const today = new Date(now).setHours(0, 0, 0, 0);
  if (then >= today) return "Today";
  if (then >= today - day) return "Yesterday";
  if (then >= today - 6 * day) return "Last seven days";
  return then.getFullYear() === now.getFullYear() ? month.format(then) : year.format(then);
}
