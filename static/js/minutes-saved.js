/* Forgets what this browser kept of a part of the minutes once the server has said, in the address, that it is saved. */
"use strict";

(() => {
  const address = new URL(location.href);
  const saved = address.searchParams.get("saved");
  if (!saved) return;
  const sent = sessionStorage.getItem("minutes:sent"); // the beginning of the keys of what was sent last
  sessionStorage.removeItem("minutes:sent");
  if (sent && sent.endsWith(`:${saved}:`)) {
    for (const key of Object.keys(localStorage)) if (key.startsWith(sent)) localStorage.removeItem(key);
  }
  address.searchParams.delete("saved");
  history.replaceState(null, "", address);
})();
