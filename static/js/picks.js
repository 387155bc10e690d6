// Many units to tick: filters them by name, tones or not, and counts the ticked ones.
(() => {
  function plain(words) {
    return words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  document.querySelectorAll("[data-picks]").forEach((set) => {
    const labels = [...set.querySelectorAll(".picks label")].map((label) => [label, plain(label.textContent)]);
    const filter = set.querySelector("[data-filter]");
    const count = set.querySelector("[data-count]");

    function tell() {
      const ticked = set.querySelectorAll(".picks input[name]:checked").length;
      count.textContent = `${set.dataset.chosen}: ${ticked}`;
    }

    filter.hidden = false;
    filter.addEventListener("input", (event) => {
      const wanted = plain(event.target.value).trim();
      labels.forEach(([label, name]) => { label.hidden = !name.includes(wanted); });
    });
    // Enter in the filter must not send the form.
    filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    set.addEventListener("change", tell);
    tell();
  });
})();
