package dev.tiercel.query;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * Which method a reference names. Serialization tells it, in named modules too, where reflection on
 * {@code writeReplace} is not allowed; nothing is written.
 */
final class CapturedMethod {
  private CapturedMethod() {}

  /**
   * Looks into a method reference.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static SerializedLambda of(Serializable reference, String example) {
    Capture capture;
    try {
      capture = new Capture();
      capture.writeObject(reference);
    } catch (IOException e) {
      throw refusal("something that is no method reference", example, e);
    }
    SerializedLambda found = capture.found;
    if (found == null) {
      throw refusal("an object of " + reference.getClass().getName(), example, null);
    }
    if (found.getCapturedArgCount() > 0) {
      throw refusal(
          "a method of one object, " + found.getImplMethodName() + ", or a lambda", example, null);
    }
    int kind = found.getImplMethodKind();
    if (kind != MethodHandleInfo.REF_invokeInterface
        && kind != MethodHandleInfo.REF_invokeVirtual) {
      throw refusal(
          found.getImplMethodName().startsWith("lambda$")
              ? "a lambda, of which nobody can tell what it calls"
              : "the method "
                  + found.getImplClass().replace('/', '.')
                  + "."
                  + found.getImplMethodName()
                  + ", which is not called on the interface",
          example,
          null);
    }
    return found;
  }

  private static IllegalArgumentException refusal(
      String what, String example, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "this is " + what + "; name a method by a reference, such as " + example, cause);
  }

  /** Stops at what a lambda is replaced by. */
  private static final class Capture extends ObjectOutputStream {
    private @Nullable SerializedLambda found;

    Capture() throws IOException {
      super(OutputStream.nullOutputStream());
      enableReplaceObject(true);
    }

    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
      if (object instanceof SerializedLambda lambda) {
        found = lambda;
      }
      return null;
    }
  }
}
