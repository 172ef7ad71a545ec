package dev.tiercel.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that may change something. When it has, what is kept of its target is void before the
 * client is told, and what is kept of the places that the response names (RFC 9111 §4.4).
 */
final class UnsafePassage implements Responder {
  private static final int ERROR = 400;

  private final ResponseCache owner;
  private final WebExchange exchange;
  private volatile @Nullable ResponseHead answered;

  UnsafePassage(ResponseCache owner, WebExchange exchange) {
    this.owner = owner;
    this.exchange = exchange;
  }

  void proceed() throws Exception {
    owner.counters.passed.increment();
    boolean returned = false;
    try {
      exchange.proceed(exchange.request().fields(), this);
      returned = true;
    } finally {
      if (!returned) {
        invalidate(HttpFields.none()); // It may have happened all the same.
      }
    }
  }

  @Override
  public OutputStream respond(ResponseHead head) throws IOException {
    answered = head;
    boolean isRefused = isRefused(head);
    if (!isRefused) {
      invalidate(head.fields());
    }
    HttpFields fields = head.fields();
    HttpFields visible = owner.outward.toClient(fields, owner.outward.isTagged(fields));
    OutputStream out =
        exchange.respond(
            head.with(
                owner.tellsStatus
                    ? visible.and("Cache-Status", CacheStatus.forwarded("method").toString())
                    : visible));
    return isRefused ? out : new Body(out, head.fields());
  }

  @Override
  public void done() {
    ResponseHead head = answered;
    if (head == null) {
      invalidate(HttpFields.none()); // Answered beside the exchange, or not at all.
    } else if (!isRefused(head)) {
      invalidate(head.fields()); // It may have written since it said that.
    }
  }

  private static boolean isRefused(ResponseHead head) {
    return head.isWhole() && head.status() >= ERROR;
  }

  /** Before the client knows that this was all, what was kept since the head is void too. */
  private final class Body extends FilterOutputStream {
    private final HttpFields fields;

    Body(OutputStream out, HttpFields fields) {
      super(out);
      this.fields = fields;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      invalidate(fields);
      out.close();
    }
  }

  private void invalidate(HttpFields response) {
    WebRequest request = exchange.request();
    List<String> targets = new ArrayList<>();
    targets.add(owner.keys.target(request));
    for (String field : List.of("Location", "Content-Location")) {
      response
          .first(field)
          .flatMap(reference -> owner.keys.sameOrigin(request, reference))
          .ifPresent(targets::add);
    }
    // On a durable ledger it is a commit, so not for what nobody keeps.
    targets.removeIf(
        target -> !owner.flights.isUnderWay(target) && !owner.store.mayBeKnown(target));
    if (!targets.isEmpty()) {
      owner.counters.invalidations.add(targets.size());
      owner.store.invalidate(targets);
    }
  }
}
