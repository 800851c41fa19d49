// Sends chosen or dropped files one after the other and shows how far each has come. Without this the form sends them all.
"use strict";

(() => {
  const form = document.querySelector("form.upload");
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".upload__files");
  const waiting = [];
  let isSending = false;
  let hasProblem = false;

  form.querySelector(".upload__hint").hidden = false;
  form.querySelector("button").hidden = true;
  // The browser's own words are in its language; the label says the same in the page's.
  input.classList.add("visually-hidden");

  function show(file) {
    const line = document.createElement("li");
    line.className = "upload__file";
    const name = document.createElement("bdi");
    name.textContent = file.name;
    const progress = document.createElement("progress");
    progress.max = 1;
    progress.value = 0;
    progress.setAttribute("aria-label", file.name);
    const state = document.createElement("span");
    state.textContent = list.dataset.sending;
    line.append(name, progress, state);
    list.append(line);
    return { line, progress, state };
  }

  function send({ file, line, progress, state }) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const data = new FormData();
      data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      data.append("files", file);
      request.upload.addEventListener("progress", (event) => { progress.value = event.loaded / event.total; });
      request.addEventListener("loadend", () => {
        const answer = request.status === 200 && request.response;
        const problem = answer ? answer.problems.join(" ") : `${file.name}: ${list.dataset.failed}`;
        progress.hidden = true;
        state.textContent = problem || list.dataset.done;
        line.classList.toggle("upload__file--failed", Boolean(problem));
        hasProblem ||= Boolean(problem);
        resolve();
      });
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.send(data);
    });
  }

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    while (waiting.length) await send(waiting.shift());
    isSending = false;
    // What was refused stays in sight; otherwise the next thing to do is to describe what came in.
    if (hasProblem) form.querySelector(".upload__on").hidden = false;
    else window.location.assign(form.dataset.next);
  }

  function take(files) {
    for (const file of files) waiting.push({ file, ...show(file) });
    if (waiting.length) sendAll();
  }

  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("upload--over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("upload--over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("upload--over");
    take([...event.dataTransfer.files]);
  });
})();
