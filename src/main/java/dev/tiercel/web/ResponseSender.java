package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/** Answers a client with a response whose body is here: all of it, a range, or that it has it. */
final class ResponseSender {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int UNCHANGED = 304;
  private static final int NO_SUCH_RANGE = 416;

  private final Passage passage;

  ResponseSender(Passage passage) {
    this.passage = passage;
  }

  /** With what was kept. */
  void kept(StoredResponse stored, CacheStatus status) throws IOException {
    Instant now = passage.owner.rules.clock().instant();
    HttpFields fields = stored.fields().with("Age", Long.toString(stored.age(now)));
    send(stored.status(), fields, stored.bytes(), stored.isTagged(), status, true);
  }

  /**
   * With what the handler answered just now.
   *
   * @param fields all its fields, with an entity tag if one was made
   */
  void fresh(int status, HttpFields fields, byte[] body, boolean isTagged, CacheStatus how)
      throws IOException {
    send(status, fields, body, isTagged, how, false);
  }

  private void send(
      int status,
      HttpFields fields,
      byte[] body,
      boolean isTagged,
      CacheStatus how,
      boolean mayBeRange)
      throws IOException {
    HttpFields request = passage.request.fields();
    HttpFields visible = passage.told(passage.owner.outward.toClient(fields, isTagged), how);
    if (status == OK && EntityTags.isUnchanged(request, fields, isTagged)) {
      respond(UNCHANGED, Outward.ofNotModified(visible), new byte[0], 0, 0);
      return;
    }
    Optional<ByteRange> range =
        status == OK && mayBeRange && !passage.request.isHead()
            ? request
                .joined("Range")
                .filter(asked -> EntityTags.allowsRange(request, fields, isTagged))
                .flatMap(asked -> ByteRange.parse(asked, body.length))
            : Optional.empty();
    if (range.isEmpty()) {
      respond(status, visible, body, 0, body.length);
    } else if (range.get().isSatisfiable()) {
      ByteRange part = range.get();
      String described = "bytes " + part.from() + '-' + part.to() + '/' + body.length;
      respond(
          PARTIAL, visible.with("Content-Range", described), body, (int) part.from(), part.count());
    } else {
      HttpFields none =
          Outward.ofNotModified(visible).with("Content-Range", "bytes */" + body.length);
      respond(NO_SUCH_RANGE, none, body, 0, 0);
    }
  }

  private void respond(int status, HttpFields fields, byte[] body, int from, int count)
      throws IOException {
    HttpFields sized =
        passage.request.isHead() && status != UNCHANGED
            ? fields.with("Content-Length", Integer.toString(count))
            : fields;
    try (OutputStream out = passage.exchange.respond(ResponseHead.of(status, sized, count))) {
      out.write(body, from, count);
    }
  }
}
