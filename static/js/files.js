// Sends files one by one with their progress, chosen or dropped; without this script the form
// sends them all together and the page comes back.
(() => {
  const form = document.getElementById("upload");
  if (!form || !window.XMLHttpRequest) return;
  const say = form.dataset;
  const field = form.querySelector("input[type=file]");
  const list = form.querySelector(".uploads");
  const waiting = [];
  let busy = false;

  form.querySelector(".by-script").hidden = false;
  form.querySelector(".without-script").hidden = true;

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "btn btn-sm";
    cancel.textContent = say.cancel;
    cancel.setAttribute("aria-label", `${say.cancel}: ${file.name}`);
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const why = document.createElement("span");
    why.className = "why";
    why.textContent = say.waiting;
    item.append(name, cancel, bar, why);
    list.append(item);
    return { file, item, cancel, bar, why, over: false };
  }

  function end(one, words, failed) {
    one.over = true;
    one.why.textContent = words;
    one.item.classList.toggle("failed", failed);
    one.bar.remove();
    one.cancel.remove();
  }

  function next() {
    if (busy) return;
    const one = waiting.shift();
    if (!one) return;
    if (one.over) { next(); return; }
    busy = true;
    send(one);
  }

  function send(one) {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("csrf_token", form.querySelector("[name=csrf_token]").value);
    body.append("files", one.file, one.file.name);
    request.open("POST", form.getAttribute("action"));
    request.upload.addEventListener("progress", (told) => {
      if (told.lengthComputable) one.bar.value = Math.round((100 * told.loaded) / told.total);
    });
    request.upload.addEventListener("load", () => { one.why.textContent = say.checking; });
    request.addEventListener("load", () => answered(one, request));
    request.addEventListener("error", () => end(one, say.broken, true));
    request.addEventListener("abort", () => end(one, say.cancelled, true));
    request.addEventListener("loadend", () => { busy = false; next(); });
    one.cancel.onclick = () => request.abort();
    one.why.textContent = say.sending;
    request.send(body);
  }

  function answered(one, request) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const fresh = page.getElementById("files-list");
    const problem = page.querySelector("[role=alert]");
    if (request.status === 200 && fresh) {
      show(fresh, page);
      end(one, say.sent, false);
    } else if (request.status === 200) {
      end(one, say.signedOut, true);
    } else {
      const main = problem || page.querySelector("main h1, main p");
      end(one, main ? main.textContent.trim() : say.broken, true);
    }
  }

  // The other forms of the page know which version of the task they were shown with. An upload of
  // our own makes the next one; had somebody else saved meanwhile, it would be later than that.
  function show(fresh, page) {
    document.getElementById("files-list").replaceChildren(...fresh.childNodes);
    const own = document.querySelector("input[name=version]");
    const now = page.querySelector("input[name=version]");
    if (!own || !now || Number(now.value) !== Number(own.value) + 1) return;
    for (const name of ["version", "seen"]) {
      const value = page.querySelector(`input[name=${name}]`);
      if (value) document.querySelectorAll(`input[name=${name}]`).forEach((one) => { one.value = value.value; });
    }
  }

  function take(files) {
    for (const file of files) {
      const one = line(file);
      one.cancel.onclick = () => end(one, say.cancelled, true);
      if (file.size > Number(say.megabytes) * 1048576) end(one, say.tooLarge, true);
      else waiting.push(one);
    }
    field.value = "";
    next();
  }

  field.addEventListener("change", () => take([...field.files]));
  form.addEventListener("submit", (event) => { event.preventDefault(); take([...field.files]); });

  const brings = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    form.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
})();
