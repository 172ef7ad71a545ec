package dev.tiercel.query;

import java.util.Collection;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one method changes. While it runs, and until the transaction around it and the {@code
 * CompletionStage} that it returns have completed, what carries its tags is neither served nor
 * cached. The caller gets a stage of its own, and who cancels that does not cancel the write.
 *
 * <p>Not thread-safe; the functions that it is given are called by many threads.
 */
@SuppressWarnings("unchecked") // The arguments are those of the method.
public final class InvalidatingCall {
  private InvalidatingCall() {}

  /**
   * Of no arguments.
   *
   * @param <R> the type of the result
   */
  public static final class Of0<R extends @Nullable Object> extends WriteRule<R, Of0<R>> {
    Of0() {}

    @Override
    Of0<R> self() {
      return this;
    }
  }

  /**
   * Of one argument.
   *
   * @param <A> the type of its argument
   * @param <R> the type of the result
   */
  public static final class Of1<A extends @Nullable Object, R extends @Nullable Object>
      extends WriteRule<R, Of1<A, R>> {
    Of1() {}

    /**
     * Adds a tag that the arguments tell.
     *
     * @param tag tells the text of the tag; neither null nor blank
     * @return this
     */
    public Of1<A, R> tag(Function<? super A, String> tag) {
      Objects.requireNonNull(tag, "tag must not be null");
      return tagged(args -> tag.apply((A) args[0]));
    }

    /**
     * Adds tags that the arguments tell.
     *
     * @param tags tells the texts of the tags; neither null nor blank
     * @return this
     */
    public Of1<A, R> tags(Function<? super A, ? extends Collection<String>> tags) {
      Objects.requireNonNull(tags, "tags must not be null");
      return tagsOf(args -> tags.apply((A) args[0]));
    }

    @Override
    Of1<A, R> self() {
      return this;
    }
  }

  /**
   * Of two arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <R> the type of the result
   */
  public static final class Of2<
          A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      extends WriteRule<R, Of2<A, B, R>> {
    Of2() {}

    /**
     * Adds a tag that the arguments tell.
     *
     * @param tag tells the text of the tag; neither null nor blank
     * @return this
     */
    public Of2<A, B, R> tag(BiFunction<? super A, ? super B, String> tag) {
      Objects.requireNonNull(tag, "tag must not be null");
      return tagged(args -> tag.apply((A) args[0], (B) args[1]));
    }

    /**
     * Adds tags that the arguments tell.
     *
     * @param tags tells the texts of the tags; neither null nor blank
     * @return this
     */
    public Of2<A, B, R> tags(BiFunction<? super A, ? super B, ? extends Collection<String>> tags) {
      Objects.requireNonNull(tags, "tags must not be null");
      return tagsOf(args -> tags.apply((A) args[0], (B) args[1]));
    }

    @Override
    Of2<A, B, R> self() {
      return this;
    }
  }

  /**
   * Of three arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <R> the type of the result
   */
  public static final class Of3<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      extends WriteRule<R, Of3<A, B, C, R>> {
    Of3() {}

    /**
     * Adds a tag that the arguments tell.
     *
     * @param tag tells the text of the tag; neither null nor blank
     * @return this
     */
    public Of3<A, B, C, R> tag(ArgumentFunction.Of3<? super A, ? super B, ? super C, String> tag) {
      Objects.requireNonNull(tag, "tag must not be null");
      return tagged(args -> tag.apply((A) args[0], (B) args[1], (C) args[2]));
    }

    /**
     * Adds tags that the arguments tell.
     *
     * @param tags tells the texts of the tags; neither null nor blank
     * @return this
     */
    public Of3<A, B, C, R> tags(
        ArgumentFunction.Of3<? super A, ? super B, ? super C, ? extends Collection<String>> tags) {
      Objects.requireNonNull(tags, "tags must not be null");
      return tagsOf(args -> tags.apply((A) args[0], (B) args[1], (C) args[2]));
    }

    @Override
    Of3<A, B, C, R> self() {
      return this;
    }
  }

  /**
   * Of four arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <R> the type of the result
   */
  public static final class Of4<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      extends WriteRule<R, Of4<A, B, C, D, R>> {
    Of4() {}

    /**
     * Adds a tag that the arguments tell.
     *
     * @param tag tells the text of the tag; neither null nor blank
     * @return this
     */
    public Of4<A, B, C, D, R> tag(
        ArgumentFunction.Of4<? super A, ? super B, ? super C, ? super D, String> tag) {
      Objects.requireNonNull(tag, "tag must not be null");
      return tagged(args -> tag.apply((A) args[0], (B) args[1], (C) args[2], (D) args[3]));
    }

    /**
     * Adds tags that the arguments tell.
     *
     * @param tags tells the texts of the tags; neither null nor blank
     * @return this
     */
    public Of4<A, B, C, D, R> tags(
        ArgumentFunction.Of4<
                ? super A, ? super B, ? super C, ? super D, ? extends Collection<String>>
            tags) {
      Objects.requireNonNull(tags, "tags must not be null");
      return tagsOf(args -> tags.apply((A) args[0], (B) args[1], (C) args[2], (D) args[3]));
    }

    @Override
    Of4<A, B, C, D, R> self() {
      return this;
    }
  }

  /**
   * Of five arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <R> the type of the result
   */
  public static final class Of5<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      extends WriteRule<R, Of5<A, B, C, D, E, R>> {
    Of5() {}

    /**
     * Adds a tag that the arguments tell.
     *
     * @param tag tells the text of the tag; neither null nor blank
     * @return this
     */
    public Of5<A, B, C, D, E, R> tag(
        ArgumentFunction.Of5<? super A, ? super B, ? super C, ? super D, ? super E, String> tag) {
      Objects.requireNonNull(tag, "tag must not be null");
      return tagged(
          args -> tag.apply((A) args[0], (B) args[1], (C) args[2], (D) args[3], (E) args[4]));
    }

    /**
     * Adds tags that the arguments tell.
     *
     * @param tags tells the texts of the tags; neither null nor blank
     * @return this
     */
    public Of5<A, B, C, D, E, R> tags(
        ArgumentFunction.Of5<
                ? super A, ? super B, ? super C, ? super D, ? super E, ? extends Collection<String>>
            tags) {
      Objects.requireNonNull(tags, "tags must not be null");
      return tagsOf(
          args -> tags.apply((A) args[0], (B) args[1], (C) args[2], (D) args[3], (E) args[4]));
    }

    @Override
    Of5<A, B, C, D, E, R> self() {
      return this;
    }
  }

  /**
   * Of six arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <F> the type of its sixth argument
   * @param <R> the type of the result
   */
  public static final class Of6<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          F extends @Nullable Object,
          R extends @Nullable Object>
      extends WriteRule<R, Of6<A, B, C, D, E, F, R>> {
    Of6() {}

    /**
     * Adds a tag that the arguments tell.
     *
     * @param tag tells the text of the tag; neither null nor blank
     * @return this
     */
    public Of6<A, B, C, D, E, F, R> tag(
        ArgumentFunction.Of6<
                ? super A, ? super B, ? super C, ? super D, ? super E, ? super F, String>
            tag) {
      Objects.requireNonNull(tag, "tag must not be null");
      return tagged(
          args ->
              tag.apply(
                  (A) args[0], (B) args[1], (C) args[2], (D) args[3], (E) args[4], (F) args[5]));
    }

    /**
     * Adds tags that the arguments tell.
     *
     * @param tags tells the texts of the tags; neither null nor blank
     * @return this
     */
    public Of6<A, B, C, D, E, F, R> tags(
        ArgumentFunction.Of6<
                ? super A,
                ? super B,
                ? super C,
                ? super D,
                ? super E,
                ? super F,
                ? extends Collection<String>>
            tags) {
      Objects.requireNonNull(tags, "tags must not be null");
      return tagsOf(
          args ->
              tags.apply(
                  (A) args[0], (B) args[1], (C) args[2], (D) args[3], (E) args[4], (F) args[5]));
    }

    @Override
    Of6<A, B, C, D, E, F, R> self() {
      return this;
    }
  }
}
