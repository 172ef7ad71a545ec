/* Receives a sample a second, keeps ten minutes of them, and shows them. */
'use strict';

(() => {
  const KEPT = 600;
  const SAY_EVERY = 30000;
  const DESCRIBE_EVERY = 5000;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = [...document.querySelectorAll('.chart')].map(card => new Charts.Chart(card));
  const at = [];
  const points = new Map();
  let sources = [];
  let paused = false;
  let span = 300;
  let drawn = 0;
  let described = 0;
  let said = 0;

  function state(name, text) {
    document.getElementById('state').dataset.state = name;
    const label = document.getElementById('state-text');
    if (label.textContent !== text) label.textContent = text;
  }

  function announce(text) {
    document.getElementById('announce').textContent = text;
  }

  function lines(chart) {
    if (!points.has(chart)) points.set(chart, new Map());
    return points.get(chart);
  }

  function restore(hello) {
    at.splice(0, at.length, ...hello.history.at.map(millis => millis / 1000));
    points.clear();
    for (const [chart, all] of Object.entries(hello.history.charts)) {
      for (const [line, values] of Object.entries(all)) lines(chart).set(line, values);
    }
    document.getElementById('actions').hidden = !hello.actions;
    sources = hello.latest.sources ?? [];
  }

  function take(sample) {
    at.push(sample.at / 1000);
    points.forEach(all => all.forEach(values => values.push(null)));
    for (const [chart, line, value] of sample.points) {
      const all = lines(chart);
      if (!all.has(line)) all.set(line, new Array(at.length).fill(null));
      all.get(line)[at.length - 1] = value;
    }
    if (at.length > KEPT) {
      at.shift();
      points.forEach(all => all.forEach(values => values.shift()));
    }
    sources = sample.sources;
  }

  function lookups() {
    const all = [...lines('lookups')].filter(([line]) => !line.endsWith('loads'));
    const values = all.map(([, list]) => list[list.length - 1]).filter(value => value !== null && value !== undefined);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
  }

  function draw() {
    if (at.length === 0) return;
    const to = at[at.length - 1];
    const from = Math.min(Math.max(to - span, at[0]), to - 30);
    for (const chart of charts) {
      if (points.has(chart.name)) chart.show(at, points.get(chart.name), from, to);
    }
    Tables.show(sources, lookups());
    drawn = Date.now();
    if (Date.now() - described >= DESCRIBE_EVERY) {
      described = Date.now();
      charts.filter(chart => !chart.card.hidden).forEach(chart => chart.describe());
    }
    if (Date.now() - said >= SAY_EVERY) {
      const figure = name => document.querySelector('#tile-' + name + ' .figure').textContent;
      if (said > 0) announce('Hit rate ' + figure('hit') + ', load ' + figure('load') + ', resident memory ' + figure('rss'));
      said = Date.now();
    }
  }

  function listen() {
    const events = new EventSource('events');
    events.addEventListener('hello', event => {
      restore(JSON.parse(event.data));
      if (!paused) {
        state('live', 'Live');
        draw();
      }
    });
    events.addEventListener('sample', event => {
      take(JSON.parse(event.data));
      if (!paused && !document.hidden && Date.now() - drawn >= (calm.matches ? 4500 : 0)) draw();
    });
    events.addEventListener('error', () => {
      if (!paused) state('lost', events.readyState === EventSource.CLOSED ? 'Refused; trying again' : 'Connection lost; trying again');
      // A browser gives up when it is refused, as it is when too many watch.
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 10000);
    });
  }

  document.getElementById('pause').addEventListener('click', event => {
    paused = !paused;
    event.currentTarget.setAttribute('aria-pressed', String(paused));
    state(paused ? 'paused' : 'live', paused ? 'Paused' : 'Live');
    if (!paused) draw();
  });

  document.querySelectorAll('input[name="span"]').forEach(input => input.addEventListener('change', () => {
    span = Number(input.value);
    draw();
  }));

  async function act(action, fields) {
    const outcome = document.getElementById('outcome');
    outcome.textContent = 'Under way';
    try {
      const answer = await fetch('actions/' + action, {
        method: 'POST',
        headers: {'X-Tiercel-Page': document.querySelector('meta[name="tiercel-page"]').content},
        body: new URLSearchParams(fields),
      });
      const text = await answer.text();
      outcome.textContent = (answer.headers.get('Content-Type') ?? '').startsWith('application/json') ? JSON.parse(text).message : text;
    } catch (failure) {
      outcome.textContent = 'It could not be asked for: ' + failure.message;
    }
  }

  for (const action of ['invalidate', 'warm']) {
    document.getElementById(action).addEventListener('submit', event => {
      event.preventDefault();
      act(action, new FormData(event.currentTarget));
    });
  }

  dark.addEventListener('change', () => charts.filter(chart => chart.u).forEach(chart => chart.build()));
  const sizes = new ResizeObserver(entries => entries.forEach(entry => charts.find(chart => chart.plot === entry.target).resize()));
  charts.forEach(chart => sizes.observe(chart.plot));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !paused) draw();
  });
  listen();
})();
