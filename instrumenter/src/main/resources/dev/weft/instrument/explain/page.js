for (const section of document.querySelectorAll('section')) {
  const mark = (state, on) => {
    for (const one of section.querySelectorAll(`g[data-state="${state}"], path[data-from="${state}"]`)) {
      one.classList.toggle('on', on);
    }
    for (const one of section.querySelectorAll(`b[data-state="${state}"]`)) {
      one.closest('tr').classList.toggle('on', on);
    }
  };
  for (const one of section.querySelectorAll('[data-state]')) {
    one.addEventListener('mouseenter', () => mark(one.dataset.state, true));
    one.addEventListener('mouseleave', () => mark(one.dataset.state, false));
  }
}
