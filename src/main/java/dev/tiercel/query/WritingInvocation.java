package dev.tiercel.query;

import dev.tiercel.cache.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a method that writes, and voids what it changed, whether it returns or throws: one
 * that timed out may have been committed. Thread-safe.
 */
final class WritingInvocation implements Invocation {
  private static final @Nullable Object[] NONE = {};

  private final WrappedMethod method;
  private final Surroundings around;
  private final CallTags tags;
  private final boolean isEverything;
  private final Complaint complaint;

  WritingInvocation(
      WrappedMethod method,
      Surroundings around,
      CallTags tags,
      boolean isEverything,
      Complaint complaint) {
    this.method = method;
    this.around = around;
    this.tags = tags;
    this.isEverything = isEverything;
    this.complaint = complaint;
  }

  @Override
  public @Nullable Object invoke(Object wrapper, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    @Nullable Object[] given = arguments == null ? NONE : arguments;
    Write write = begin(given, around.transaction());
    Object result;
    try {
      result = method.call(wrapper, arguments);
    } catch (Throwable e) {
      end(write, () -> failed(write, given));
      throw e;
    }
    if (!(result instanceof CompletionStage<?> stage)) {
      end(write, () -> learn(write, given, result));
      return result;
    }
    write.addPart();
    CompletableFuture<@Nullable Object> out = follow(stage, write, given);
    write.done(complaint);
    return out != null && ResultForm.isStage(method.returnType()) ? out : result;
  }

  @Override
  public Object probe(Object probe, @Nullable Object @Nullable [] arguments) {
    throw Probe.Ended.refusing(method + " is a write, and is not cached");
  }

  private Write begin(@Nullable Object[] given, @Nullable TransactionWrites transaction) {
    List<Tag> known = isEverything ? List.of(around.whole()) : tags.ofArguments(given);
    if (known != null && known.isEmpty() && !tags.needResult()) {
      complaint.report("its tag functions named no tag", null);
      known = null;
    }
    return known == null
        ? new Write(around, List.of(Surroundings.ANY), false, transaction)
        : new Write(around, known, tags.needResult() && !isEverything, transaction);
  }

  /* Not the stage itself: who completes that, or times out, ends no write, and who waits for it may
  be called before the write is known. Null if nobody can tell when it completes. */
  private @Nullable CompletableFuture<@Nullable Object> follow(
      CompletionStage<?> stage, Write write, @Nullable Object[] given) {
    CompletableFuture<@Nullable Object> out = new CompletableFuture<>();
    try {
      stage.whenComplete(
          (value, e) -> {
            try {
              end(write, () -> learn(write, given, value, e));
            } finally {
              if (e == null) {
                out.complete(value);
              } else {
                out.completeExceptionally(e);
              }
            }
          });
      return out;
    } catch (Throwable e) {
      complaint.report("it cannot be told when the stage that it returned completes", e);
      end(write, write::changedAnything);
      return null;
    }
  }

  /** Ends a part of a write, whatever comes of learning what it changed. */
  private void end(Write write, Runnable learning) {
    try {
      learning.run();
    } catch (Throwable e) { // A stack that is at its end, for instance.
      write.changedAnything();
    } finally {
      write.done(complaint);
    }
  }

  private void learn(
      Write write, @Nullable Object[] given, @Nullable Object value, @Nullable Throwable failure) {
    if (failure != null) {
      failed(write, given);
    } else {
      learn(write, given, value == null ? null : CompletableFuture.completedFuture(value));
    }
  }

  /**
   * Takes the tags from the result, and once more from the arguments: the call may have set an id.
   */
  private void learn(Write write, @Nullable Object[] given, @Nullable Object result) {
    if (isEverything) {
      return;
    }
    List<Tag> known = tags.ofArguments(given);
    List<Tag> more = tags.ofResult(result);
    if (known == null || more == null) {
      write.changedAnything();
    } else if (known.isEmpty() && more.isEmpty()) {
      complaint.report("its tag functions named no tag", null);
      write.changedAnything();
    } else {
      write.changed(known);
      write.changed(more);
    }
  }

  private void failed(Write write, @Nullable Object[] given) {
    if (tags.needResult()) {
      write.changedAnything();
    } else {
      learn(write, given, null);
    }
  }
}
