package dev.tiercel.web;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sources, keeps the last ten minutes, and tells whoever watches. Thread-safe; a source
 * is read by one thread at a time.
 */
final class DashboardSampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DashboardSampler.class);
  private static final int LONGEST_ERROR = 300;

  private final List<Part> parts = new ArrayList<>();
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final SseStreams streams;

  // Guarded by: this
  private final DashboardHistory history = new DashboardHistory();
  private boolean begun;
  private long lastNanos;
  private String latest = "{}";
  private boolean asked;
  private boolean closed;

  /** A source that is being read. */
  private static final class Part {
    final DashboardSource source;
    final DashboardReader reader;
    boolean failed; // Logged once until it works again.

    Part(DashboardSource source, DashboardReader reader) {
      this.source = source;
      this.reader = reader;
    }
  }

  DashboardSampler(
      List<DashboardSource> sources,
      InstantSource clock,
      LongSupplier nanoTime,
      SseStreams streams) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.streams = streams;
    boolean isOpen = false;
    try {
      for (DashboardSource source : sources) {
        long alike = sources.stream().filter(each -> each.kind.equals(source.kind)).count();
        String line = alike > 1 ? source.name + " " : "";
        parts.add(new Part(source, source.opener.open(line, streams.threads()::unlimited)));
      }
      isOpen = true;
    } finally {
      if (!isOpen) {
        close();
      }
    }
  }

  /** Takes a sample and sends it to whoever watches. */
  void tick() {
    String event;
    synchronized (this) {
      if (closed) {
        return;
      }
      sample();
      event = "event: sample\ndata: " + latest + "\n\n";
    }
    if (streams.count() > 0) {
      streams.send(event.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The newest sample, as JSON. */
  synchronized String latest() {
    asked = true;
    return latest;
  }

  /** The last ten minutes, as JSON. */
  synchronized String history() {
    DashboardJson json = new DashboardJson();
    history.write(json);
    return json.toString();
  }

  private void sample() {
    long nanos = nanoTime.getAsLong();
    double seconds = begun ? (nanos - lastNanos) / 1e9 : 0;
    boolean isWatched = asked || streams.count() > 0;
    begun = true;
    lastNanos = nanos;
    asked = false;
    long millis = clock.millis();
    history.begin(millis);
    DashboardJson points = new DashboardJson().array();
    DashboardJson details = new DashboardJson().array();
    for (Part part : parts) {
      details.object().field("kind", part.source.kind).field("name", part.source.name);
      read(part, new DashboardReading(seconds, isWatched), points, details);
      details.endObject();
    }
    latest =
        new DashboardJson()
            .object()
            .field("at", millis)
            .name("points")
            .raw(points.endArray().toString())
            .name("sources")
            .raw(details.endArray().toString())
            .endObject()
            .toString();
  }

  private void read(
      Part part, DashboardReading reading, DashboardJson points, DashboardJson details) {
    try {
      part.reader.read(reading);
      part.failed = false;
    } catch (Throwable e) {
      if (!part.failed) {
        part.failed = true;
        log.warn("The dashboard cannot read {} '{}'", part.source.kind, part.source.name, e);
      }
      String text = e.toString();
      details.field("error", text.substring(0, Math.min(LONGEST_ERROR, text.length())));
      return;
    }
    for (DashboardReading.Point point : reading.points) {
      history.add(point);
      points.array().value(point.chart()).value(point.line()).value(point.value()).endArray();
    }
    String fields = reading.detail.toString();
    if (!fields.isEmpty()) {
      details.raw(fields);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    parts.forEach(part -> part.reader.close());
  }
}
