package dev.tiercel.web;

import dev.tiercel.cache.Recording;
import dev.tiercel.cache.Tag;
import dev.tiercel.web.Flights.Flight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a handler answers: holds it back until it is complete and the handler has returned,
 * and then keeps it; or, as soon as it is clear that it cannot be kept, lets it pass to the client
 * as it comes. Nobody waits for longer than until that is clear. May be written to by another
 * thread than the handler's.
 */
final class ResponseCapture extends OutputStream implements Responder {
  private static final int UNCHANGED = 304;

  private enum State {
    WAITING,
    HOLDING,
    COMPLETE,
    PASSING,
    UNCHANGED,
    COVERED,
    ANSWERED
  }

  private final Passage passage;
  private final ResponseCache owner;
  private final @Nullable StoredResponse stored;
  private final String why;
  private final @Nullable Flight flight;
  private final Recording recording;
  private final boolean isSilent;
  private final Instant asked;

  /* No monitor: the client is written to while it is held, and may be slow. */
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by: lock
  private State state = State.WAITING;
  private @Nullable ResponseHead head;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream client;
  private boolean returned;

  /**
   * @param stored what is kept and no longer fresh, or null
   * @param why the handler is asked
   * @param flight what others wait for, or null
   * @param isSilent whether the client has been answered
   */
  ResponseCapture(
      Passage passage,
      @Nullable StoredResponse stored,
      String why,
      @Nullable Flight flight,
      Recording recording,
      boolean isSilent) {
    this.passage = passage;
    this.owner = passage.owner;
    this.stored = stored;
    this.why = why;
    this.flight = flight;
    this.recording = recording;
    this.isSilent = isSilent;
    this.asked = owner.rules.clock().instant();
  }

  @Override
  public OutputStream respond(ResponseHead said) throws IOException {
    lock.lock();
    try {
      head = said;
      if (returned) {
        pass(said);
      } else if (said.status() == UNCHANGED
          && said.isWhole()
          && stored != null
          && stored.canBeValidated()) {
        state = State.UNCHANGED;
      } else if (isError(said.status()) && mayCoverUp()) {
        state = State.COVERED;
      } else if (mayKeep(said)) {
        state = State.HOLDING;
      } else {
        pass(said);
      }
      return this;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isError(int status) {
    return status == 500 || status == 502 || status == 503 || status == 504;
  }

  private boolean mayCoverUp() {
    Instant now = owner.rules.clock().instant();
    return stored != null
        && stored.isUsable(now, stored.terms().ifError())
        && stored.equals(recording.apart(passage::find)); // A write may have ended it since.
  }

  /** Whether it may turn out that it can be kept: its tags are not all known yet. */
  private boolean mayKeep(ResponseHead said) {
    return said.isWhole()
        && said.length() <= owner.mostBytes
        && terms(said.status(), said.fields(), true).isPresent();
  }

  private Optional<Terms> terms(int status, HttpFields fields, boolean isTagged) {
    return owner.rules.terms(passage.request, passage.isPersonal, status, fields, asked, isTagged);
  }

  private boolean isTagged(HttpFields fields) {
    return owner.outward.isTagged(fields) || recording.isDependent();
  }

  /** From here on all goes to the client as it comes. */
  private void pass(ResponseHead said) throws IOException {
    state = State.PASSING;
    count(false);
    if (flight != null) {
      owner.passes.passed(passage.target, asked.getEpochSecond());
      flight.land();
    }
    HttpFields visible = owner.outward.toClient(said.fields(), isTagged(said.fields()));
    OutputStream out =
        passage.respond(said.with(passage.told(visible, how(said.status()))), isSilent);
    client = out;
    held.writeTo(out);
    held.reset();
  }

  private void count(boolean isStored) {
    if (!isSilent) {
      owner.counters.misses.increment();
    }
    (isStored ? owner.counters.stored : owner.counters.unstored).increment();
  }

  private CacheStatus how(int status) {
    return CacheStatus.forwarded(why).andIf(stored != null, "fwd-status=" + status);
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      if (state == State.HOLDING && (long) held.size() + length > owner.mostBytes && head != null) {
        pass(head);
      }
      if (state == State.HOLDING) {
        held.write(bytes, offset, length);
      } else if (state == State.PASSING && client != null) {
        client.write(bytes, offset, length);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      if (state == State.PASSING && client != null) {
        client.flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The handler has said all. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (state == State.HOLDING) {
        state = State.COMPLETE; // Unless the handler throws yet, and closed it on its way out.
      } else if (state == State.PASSING && client != null) {
        client.close();
      } else if (state == State.UNCHANGED && head != null && stored != null) {
        unchanged(head, stored);
      } else if (state == State.COVERED) {
        coverUp();
      }
    } finally {
      lock.unlock();
    }
  }

  private void complete(ResponseHead said) throws IOException {
    boolean isCutOff = said.length() != ResponseHead.UNKNOWN && said.length() != held.size();
    if (isCutOff && said.hasBody(passage.request.method())) {
      pass(said); // The server notices, and breaks the connection off.
      if (client != null) {
        client.close();
      }
      return;
    }
    state = State.ANSWERED;
    byte[] body = held.toByteArray();
    boolean isTagless = said.status() == 200 && !said.fields().has("ETag");
    HttpFields fields =
        isTagless ? said.fields().with("ETag", EntityTags.of(body, said.fields())) : said.fields();
    boolean isTagged = isTagged(fields);
    Optional<Terms> terms = terms(said.status(), said.fields(), isTagged);
    boolean isStored = false;
    if (terms.isPresent()) {
      isStored = keep(response(said.status(), fields, body, terms.get(), isTagless));
    }
    count(isStored);
    land(terms.isPresent(), isStored);
    if (!isSilent) {
      HttpFields sent = terms.isPresent() ? fields : said.fields();
      new ResponseSender(passage)
          .fresh(said.status(), sent, body, isTagged, how(said.status()).andIf(isStored, "stored"));
    }
  }

  private StoredResponse response(
      int status, HttpFields fields, byte[] body, Terms terms, boolean isOwnTag) {
    Instant now = owner.rules.clock().instant();
    HttpFields kept = Outward.kept(fields, terms.unkept());
    return new StoredResponse(
        status,
        kept.has("Date") ? kept : kept.with("Date", HttpDates.text(now)),
        new String(body, StandardCharsets.ISO_8859_1),
        now,
        terms,
        isTagged(fields),
        isOwnTag,
        recording.isDependent());
  }

  private boolean keep(StoredResponse response) {
    List<Tag> tags = owner.outward.tags(response.fields());
    return owner.store.put(
        passage.target,
        passage.request.fields(),
        response,
        Vary.of(response.fields()).orElseThrow(),
        tags,
        recording,
        response.receivedAt());
  }

  /**
   * Lets those go who wait. Nobody waits again for what is never kept; what a write has ended just
   * now may be kept the next time.
   */
  private void land(boolean mayBeKept, boolean isStored) {
    if (flight != null) {
      if (isStored) {
        owner.passes.kept(passage.target);
      } else if (!mayBeKept || recording.isDependentOnUnknown() || owner.cache.isPartlyOff()) {
        owner.passes.passed(passage.target, asked.getEpochSecond());
      }
      flight.land();
    }
  }

  /** The handler says that what is kept is still what it would answer. */
  private void unchanged(ResponseHead said, StoredResponse known) throws IOException {
    state = State.ANSWERED;
    HttpFields fields = Outward.updated(known.fields(), said.fields());
    boolean isTagged = known.isTagged() || isTagged(fields);
    Optional<Terms> terms = terms(known.status(), fields, isTagged);
    boolean isStored =
        terms.isPresent()
            && keep(response(known.status(), fields, known.bytes(), terms.get(), known.isOwnTag()));
    if (!isSilent) {
      owner.counters.revalidated.increment();
    }
    land(terms.isPresent(), isStored);
    if (!isSilent) {
      new ResponseSender(passage)
          .fresh(
              known.status(),
              fields,
              known.bytes(),
              isTagged,
              how(UNCHANGED).andIf(isStored, "stored"));
    }
  }

  /** Whether the client need not know that the handler failed. */
  boolean isCoveredUp() throws IOException {
    lock.lock();
    try {
      if (isHeld() && mayCoverUp()) {
        state = State.COVERED;
      }
      if (state == State.COVERED) {
        coverUp();
        return true;
      }
      state = State.ANSWERED; // With what the server makes of the exception.
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isHeld() {
    return state == State.WAITING || state == State.HOLDING || state == State.COMPLETE;
  }

  private void coverUp() throws IOException {
    state = State.ANSWERED;
    if (flight != null) {
      flight.land();
    }
    if (!isSilent && stored != null) {
      owner.counters.stale.increment();
      int status = head == null ? 500 : head.status();
      new ResponseSender(passage).kept(stored, how(status).and("detail=\"stale-if-error\""));
    }
  }

  /** The handler has returned; what it says from here on cannot be kept. */
  void returned() throws IOException {
    lock.lock();
    try {
      returned = true;
      if (state == State.COMPLETE && head != null) {
        complete(head);
      } else if (state == State.HOLDING && head != null) {
        pass(head);
      } else if (state == State.UNCHANGED || state == State.COVERED) {
        close();
      }
    } finally {
      lock.unlock();
    }
  }
}
