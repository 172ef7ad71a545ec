package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that may change something. When it has, what is kept of its target is void before the
 * client is told, and what is kept of the places that the response names (RFC 9111 §4.4).
 */
final class UnsafePassage implements Responder {
  private static final int ERROR = 400;

  private final ResponseCache owner;
  private final WebExchange exchange;
  private volatile boolean isOpen;

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
    isOpen = !head.isWhole();
    if (head.status() < ERROR || isOpen) {
      invalidate(head.fields());
    }
    HttpFields fields = head.fields();
    HttpFields visible = owner.outward.toClient(fields, owner.outward.isTagged(fields));
    return exchange.respond(
        head.with(
            owner.tellsStatus
                ? visible.and("Cache-Status", CacheStatus.forwarded("method").toString())
                : visible));
  }

  @Override
  public void done() {
    if (isOpen) {
      invalidate(HttpFields.none()); // Whoever went on with it may have written since.
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
    targets.removeIf(target -> !owner.flights.isUnderWay(target) && !owner.store.isKnown(target));
    if (!targets.isEmpty()) {
      owner.counters.invalidations.add(targets.size());
      owner.store.invalidate(targets);
    }
  }
}
