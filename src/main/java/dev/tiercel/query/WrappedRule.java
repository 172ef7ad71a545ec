package dev.tiercel.query;

import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for one method.
 *
 * @param read how it is cached, if it is
 * @param form what is cached of its results, if it is
 * @param write what it changes, if it does
 */
record WrappedRule(
    WrappedMethod method,
    @Nullable ReadRule<?, ?> read,
    @Nullable ResultForm form,
    @Nullable WriteRule<?, ?> write) {
  static WrappedRule passing(WrappedMethod method) {
    return new WrappedRule(method, null, null, null);
  }

  /**
   * A method that is cached.
   *
   * @throws IllegalArgumentException if it cannot be
   */
  static WrappedRule reading(WrappedMethod method, ReadRule<?, ?> rule) {
    ResultForm form = new ResultForm(method);
    if (rule.fixed().isEmpty() && rule.ofArguments().isEmpty()) {
      throw new IllegalArgumentException(
          method
              + " is cached without a tag"
              + (rule.ofResult().isEmpty() ? "" : " for an empty result")
              + ", so no write could end it; add what it depends on: tag(…)");
    }
    if (rule.key() == null) {
      for (Class<?> parameter : method.parameters()) {
        String objection = ArgumentKind.objection(parameter);
        if (objection != null) {
          throw new IllegalArgumentException(
              method
                  + " cannot be cached by its arguments: "
                  + parameter.getName()
                  + " "
                  + objection
                  + "; make it a record, or give a key function: key(…)");
        }
      }
    }
    return new WrappedRule(method, rule, form, null);
  }

  /**
   * A method that writes.
   *
   * @throws IllegalArgumentException if nobody can tell what or when
   */
  static WrappedRule writing(WrappedMethod method, WriteRule<?, ?> rule) {
    if (!rule.isEverything()
        && rule.fixed().isEmpty()
        && rule.ofArguments().isEmpty()
        && rule.ofResult().isEmpty()) {
      throw new IllegalArgumentException(
          method
              + " invalidates nothing; say what it changes: tag(…) or everything(), or use"
              + " passesThrough");
    }
    if (method.returnType() == void.class && !rule.ofResult().isEmpty()) {
      throw new IllegalArgumentException(
          method + " returns nothing, so its result has no tags; use tag(…) or everything()");
    }
    if (ResultForm.isUnobservable(method.returnType())) {
      throw new IllegalArgumentException(
          method
              + " returns a "
              + method.returnType().getName()
              + ", and nobody can tell when it has written; return a CompletionStage, or wrap what is"
              + " below it");
    }
    return new WrappedRule(method, null, null, rule);
  }

  /** What a call does. */
  Invocation invocation(Class<?> type, String space, Surroundings around) {
    if (write != null) {
      Complaint complaint = new Complaint(method, "everything that wrappers have cached is void");
      return new WritingInvocation(
          method, around, new CallTags(write, complaint), write.isEverything(), complaint);
    }
    return read == null || form == null
        ? new PassingInvocation(method)
        : reading(read, form, type, space, around);
  }

  private Invocation reading(
      ReadRule<?, ?> rule, ResultForm form, Class<?> type, String space, Surroundings around) {
    Complaint complaint = new Complaint(method, "the call was answered and not cached");
    Class<?>[] parts =
        rule.key() == null
            ? Arrays.stream(method.parameters()).map(WrappedRule::boxed).toArray(Class<?>[]::new)
            : new Class<?>[] {String.class};
    CallKeys keys =
        new CallKeys(
            new MethodId(type, space, method.fullName(), parts), method.parameters(), rule.key());
    CallTags tags = new CallTags(rule, complaint);
    var views = form.views(around.cache(), rule);
    return form.isStage()
        ? new StageInvocation(method, around, keys, tags, views, form.freezing(), complaint)
        : new CachedInvocation(method, around, keys, tags, views, form.freezing(), complaint);
  }

  private static Class<?> boxed(Class<?> type) {
    return Objects.requireNonNull(MethodType.methodType(type).wrap().returnType());
  }
}
