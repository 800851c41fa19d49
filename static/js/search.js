// Suggestions below a search box while one types (ARIA combobox). Without this a form is sent, and nothing is missing.
"use strict";

(() => {
  const SHORTEST = 3;
  const PAUSE = 160;

  function suggestFor(input, number) {
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let timer;
    let asked;
    let active = -1;
    let isStale = false; // it answers other words than those that stand there now

    list.className = "suggestions";
    list.id = `suggestions-${number}`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.form.append(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    function show(suggestions, told) {
      isStale = false;
      list.replaceChildren(...suggestions.map(option));
      list.hidden = suggestions.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = told;
      choose(-1);
    }

    function close() {
      clearTimeout(timer);
      asked?.abort();
      show([], "");
    }

    function option({ title, kind, url }, place) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const what = document.createElement("span");
      name.textContent = title;
      what.textContent = kind;
      what.className = "suggestions__kind";
      item.append(name, what);
      item.className = "suggestions__one";
      item.id = `${list.id}-${place}`;
      item.dataset.url = url;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => window.location.assign(url));
      return item;
    }

    function choose(place) {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = place;
      const item = list.children[active];
      if (item) {
        item.setAttribute("aria-selected", "true");
        input.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    async function ask() {
      asked?.abort();
      asked = new AbortController();
      const words = input.value.trim();
      if (words.length < SHORTEST) {
        close();
        return;
      }
      try {
        const address = `${input.dataset.suggest}?q=${encodeURIComponent(words)}`;
        const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (document.activeElement !== input) return;
        if (!answer.ok) {
          close();
          return;
        }
        const { suggestions, status: told } = await answer.json();
        show(suggestions, told);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }

    input.addEventListener("input", () => {
      isStale = true;
      choose(-1); // Enter is to search for what stands there now
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (list.hidden) {
        if (event.key === "ArrowDown") ask();
        return;
      }
      if (isStale && ["ArrowDown", "ArrowUp"].includes(event.key)) ask();
      else if (event.key === "ArrowDown") choose(active < last ? active + 1 : -1);
      else if (event.key === "ArrowUp") choose(active === -1 ? last : active - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && active !== -1) window.location.assign(list.children[active].dataset.url);
      else {
        // Home and End are of what is typed: no suggestion is chosen any more.
        if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) choose(-1);
        return;
      }
      event.preventDefault();
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(suggestFor);
})();
