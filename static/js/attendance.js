// The list at the door by the keyboard: type to find, one key to mark. Each mark is one small request for one row with
// the version that was seen; what other clerks mark appears by itself. Without script each row has its buttons.
(() => {
  const door = document.querySelector(".door[data-marks]");
  const bar = door?.querySelector(".door__bar");
  if (!bar) return;

  const EVERY = 4000;
  const KEYS = { p: "present", ح: "present", e: "excused", م: "excused", a: "absent", غ: "absent", s: "represented", ج: "represented" };
  // The same keys where the layout writes another letter on them.
  const CODES = { KeyP: "present", KeyE: "excused", KeyA: "absent", KeyS: "represented" };
  const LETTERS = { ي: "ی", ى: "ی", ئ: "ی", ك: "ک", ة: "ه", ۀ: "ه", أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ؤ: "و" };

  const find = bar.querySelector("input");
  const none = bar.querySelector(".door__none");
  const guests = document.querySelector(".door__guests");
  const rows = () => [...door.querySelectorAll(".door__row")];
  const shown = () => rows().filter((row) => !row.hidden);
  let here = null;
  let counted = "";

  // One form for each letter and digit; joiners, vowel signs and spaces do not count.
  function plain(text) {
    return text
      .toLowerCase()
      .replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit))
      .replace(/[٠-٩]/g, (digit) => "٠١٢٣٤٥٦٧٨٩".indexOf(digit))
      .replace(/[\u064b-\u065f\u0670\u0640\u200b-\u200f\s]/g, "")
      .replace(/[يىئكةۀأإآٱؤ]/g, (letter) => LETTERS[letter]);
  }

  function nameOf(row) {
    return plain(row.querySelector(".door__name").textContent + row.querySelector(".door__organization").textContent);
  }

  function choose(row, { focus = false } = {}) {
    here?.classList.remove("door__row--here");
    here = row ?? null;
    here?.classList.add("door__row--here");
    if (focus && here) here.focus({ preventScroll: true });
    here?.scrollIntoView({ block: "nearest" });
  }

  function narrow() {
    const wanted = plain(find.value);
    for (const row of rows()) row.hidden = Boolean(wanted) && !nameOf(row).includes(wanted);
    const left = shown();
    none.hidden = left.length > 0;
    choose(wanted ? left[0] : null);
  }

  function step(by) {
    const all = shown();
    const at = all.indexOf(here);
    choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)], { focus: true });
  }

  function replace(key, html) {
    const old = document.getElementById(`person-${key}`);
    if (!old) return null;
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".door__row");
    fresh.hidden = old.hidden;
    old.replaceWith(fresh);
    if (old === here) choose(fresh);
    return fresh;
  }

  function show(answer) {
    // Said anew only when it changes: the counts are read aloud.
    if (answer.counts !== counted) door.querySelector(".door__counts").innerHTML = answer.counts;
    counted = answer.counts;
    return Object.entries(answer.rows).map(([key, html]) => replace(key, html));
  }

  async function post(form, status) {
    const body = new FormData(form);
    if (status) body.set("status", status);
    const row = form.closest(".door__row");
    row.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "row" } });
      if (answer.redirected || ![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
      const [fresh] = show(await answer.json());
      return { fresh, isMarked: answer.ok };
    } catch (error) {
      row.removeAttribute("aria-busy");
      if (error instanceof TypeError) {
        complain(row, door.dataset.offline);
      } else {
        // The form goes its ordinary way, and the page says what is wrong.
        form.dataset.plain = "1";
        form.requestSubmit(form.querySelector(`button[value="${status}"]`));
      }
      return { fresh: row, isMarked: false };
    }
  }

  function complain(row, words) {
    const place = row.querySelector(".door__complaint") ?? row.appendChild(document.createElement("p"));
    place.className = "door__complaint";
    place.setAttribute("role", "alert");
    place.textContent = words;
  }

  // `typed` is what the row was found by; what was added to it while the mark was on its way begins the next name.
  function onward(row, typed) {
    if (typed) {
      if (find.value.startsWith(typed)) find.value = find.value.slice(typed.length);
      narrow();
      find.focus();
    } else {
      choose(row);
      step(1);
    }
  }

  async function mark(row, status) {
    if (row.hasAttribute("aria-busy")) return;
    const isAsked = status === "excused" || status === "represented";
    // What the answer to the invitation says is not asked again.
    if (isAsked && row.dataset.proposed !== status) return ask(row, status);
    const form = row.querySelector(isAsked ? `.door__ask[data-asks="${status}"] form` : ".door__marks > form");
    const typed = find.value;
    const { fresh, isMarked } = await post(form, status);
    if (isMarked) onward(fresh, typed);
    else if (fresh) choose(fresh, { focus: true });
  }

  function ask(row, status) {
    const question = row.querySelector(`.door__ask[data-asks="${status}"]`);
    question.open = true;
    question.querySelector("input.form-control").select();
  }

  function inRow(event) {
    if (event.repeat) return undefined; // a key that is held down marks one person, not the next ones too
    const status = KEYS[event.key.toLowerCase()] ?? CODES[event.code];
    if (status) return mark(here, status);
    if (event.key === "Enter") return mark(here, "present");
    if (event.key === "Delete" || event.key === "Backspace") {
      const back = here.querySelector('button[value="unmarked"]');
      return back ? mark(here, "unmarked") : undefined;
    }
    if (event.key === "Escape" || event.key === "/") return find.focus();
    return false;
  }

  find.addEventListener("input", narrow);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (here && !event.repeat) mark(here, "present");
    } else if (event.key === "Escape") {
      find.value = "";
      narrow();
    }
  });

  door.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const question = event.target.closest(".door__ask");
    if (event.key === "Escape" && question) {
      question.open = false;
      choose(question.closest(".door__row"), { focus: true });
      event.stopPropagation();
      return;
    }
    const isTyping = event.target.matches("input");
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (!isTyping || event.target === find)) {
      event.preventDefault();
      if (event.target === find && here && event.key === "ArrowDown") choose(here, { focus: true });
      else if (event.target === find && event.key === "ArrowUp") return;
      else if (here === shown()[0] && event.key === "ArrowUp") find.focus();
      else step(event.key === "ArrowDown" ? 1 : -1);
    } else if (here && event.target === here && inRow(event) !== false) {
      event.preventDefault();
    }
  });

  door.addEventListener("submit", async (event) => {
    const form = event.target.closest(".door__marks form");
    if (!form || form.dataset.plain) return;
    event.preventDefault();
    const isAsked = form.parentElement.matches(".door__ask");
    const typed = find.value;
    const { fresh, isMarked } = await post(form, isAsked ? "" : event.submitter?.value);
    if (isMarked && isAsked) onward(fresh, typed);
    else fresh?.querySelector(".is-invalid")?.focus();
  });

  // One question at a time. Whoever opens it with a finger can type at once, and sees all of it above the fold.
  door.addEventListener("toggle", (event) => {
    const question = event.target;
    if (!question.open) return;
    for (const other of door.querySelectorAll(".door__ask[open]")) if (other !== question) other.open = false;
    if (document.activeElement?.matches("summary, body")) question.querySelector("input.form-control").focus();
    question.querySelector("form").scrollIntoView({ block: "nearest" });
  }, true);

  // What other clerks mark. A row in which something is being typed is left alone: saving it then says what changed.
  async function look() {
    if (document.hidden) return;
    const seen = rows().map((row) => `${row.dataset.key}.${row.dataset.version}`).join(",");
    const asked = new URLSearchParams({ seen, guests: guests.dataset.guests });
    const answer = await fetch(`${door.dataset.marks}?${asked}`);
    if (!answer.ok || answer.redirected) return;
    const news = await answer.json();
    const asking = door.querySelector(".door__ask[open]")?.closest(".door__row");
    if (asking) delete news.rows[asking.dataset.key];
    const hadFocus = here !== null && document.activeElement === here;
    for (const row of show(news)) row?.classList.add("door__row--changed");
    // A button that is about to be pressed stays where it is; the next look brings what is new.
    if (news.guests && !guests.contains(document.activeElement)) {
      guests.innerHTML = news.guests.html;
      guests.dataset.guests = news.guests.key;
    }
    if (hadFocus && here !== document.activeElement) here.focus({ preventScroll: true });
  }

  bar.hidden = false;
  if (!window.location.hash) find.focus({ preventScroll: true });
  setInterval(() => look().catch(() => {}), EVERY);
})();
