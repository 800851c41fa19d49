// Orders the agenda without leaving the page: by dragging an item, or by its buttons, which keep the focus.
// Without script the same buttons lead back to the page.
(() => {
  const list = () => document.getElementById("agenda");
  const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]').value;
  let dragged = null;
  let kept = "";

  function begin() {
    kept = list().innerHTML;
    list().classList.add("agenda--draggable");
    for (const item of list().querySelectorAll("[data-movable]")) item.draggable = true;
  }

  // Nothing was saved, so nothing looks as if it were.
  function putBack() {
    list().innerHTML = kept;
    begin();
    const words = document.createElement("p");
    words.className = "callout callout--attention";
    words.setAttribute("role", "alert");
    words.textContent = list().dataset.offline;
    list().prepend(words);
  }

  async function send(address, body) {
    body.set("csrfmiddlewaretoken", token());
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body, headers: { "X-Part": "list" } });
    } catch {
      return putBack();
    }
    // Whatever else came back, such as a sign-in that ran out, the page itself says it.
    if (answer.redirected || ![200, 409].includes(answer.status)) return window.location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("agenda");
    list().replaceWith(fresh);
    return begin();
  }

  function orderOf(root) {
    return [...root.querySelectorAll("[data-key]")]
      .map((item) => {
        const above = item.parentElement.closest("[data-key]");
        return above ? `${item.dataset.key}.${above.dataset.key}` : item.dataset.key;
      })
      .join(",");
  }

  function clear() {
    for (const item of list().querySelectorAll(".agenda__item--before, .agenda__item--after")) {
      item.classList.remove("agenda__item--before", "agenda__item--after");
    }
  }

  // Where the pointer is: the innermost item beside which the dragged one may stand.
  function target(event) {
    let item = event.target.closest?.("#agenda [data-key]");
    const hasParts = dragged?.querySelector("[data-key]");
    while (item && hasParts && item.parentElement.closest("[data-key]")) item = item.parentElement.closest("[data-key]");
    return item && !dragged.contains(item) ? item : null;
  }

  const isAfter = (item, event) => {
    const box = item.querySelector(".agenda__row").getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  };

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("#agenda [data-movable]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.key);
    dragged.classList.add("agenda__item--dragged");
  });

  document.addEventListener("dragover", (event) => {
    const item = dragged && target(event);
    if (!item) return;
    event.preventDefault();
    clear();
    item.classList.add(isAfter(item, event) ? "agenda__item--after" : "agenda__item--before");
  });

  document.addEventListener("drop", (event) => {
    const item = dragged && target(event);
    if (!item) return;
    event.preventDefault();
    if (isAfter(item, event)) item.after(dragged);
    else item.before(dragged);
    const body = new FormData();
    body.set("seen", list().dataset.order);
    body.set("wanted", orderOf(list()));
    send(list().dataset.address, body);
  });

  document.addEventListener("dragend", () => {
    dragged?.classList.remove("agenda__item--dragged");
    dragged = null;
    clear();
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest(".agenda__ways");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const key = form.closest("[data-key]").dataset.key;
    const way = event.submitter.value;
    const body = new FormData();
    body.set("way", way);
    await send(form.action, body);
    const item = document.getElementById(`item-${key}`);
    const buttons = item ? [...item.querySelectorAll(":scope > .agenda__row button")] : [];
    (buttons.find((button) => button.value === way) ?? buttons[0])?.focus();
  });

  if (list()) begin();
})();
