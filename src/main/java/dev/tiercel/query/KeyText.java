package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a key as text. Different parts have different texts, as far as they are told by
 * their text at all; equal ones have the same.
 *
 * <p>Each mark begins with a percent sign that no escaped text can hold: {@code 42}, {@code
 * %java.lang.Long=42} where something else is declared, {@code %(list%,a%,b%)}, {@code %00} for
 * null, {@code %com.shop.Filter#1f} for what is only known to have equality.
 */
final class KeyText {
  private KeyText() {}

  /**
   * Writes a part.
   *
   * @param declared the type that goes without saying
   */
  static void append(StringBuilder text, @Nullable Object part, Class<?> declared) {
    if (part == null) {
      text.append("%00");
    } else if (part instanceof KeyPart copy) {
      append(text, copy);
    } else if (ArgumentKind.of(part.getClass()) != ArgumentKind.TOLD) {
      text.append('%').append(part.getClass().getName());
      text.append('#').append(Integer.toHexString(part.hashCode()));
    } else if (part instanceof Record) {
      appendRecord(text, part);
    } else {
      Class<?> type =
          part instanceof Enum<?> constant ? constant.getDeclaringClass() : part.getClass();
      if (type != declared) {
        text.append('%').append(type.getName()).append('=');
      }
      String told = part instanceof Enum<?> constant ? constant.name() : part.toString();
      text.append(CacheKey.join(told));
    }
  }

  private static void appendRecord(StringBuilder text, Object part) {
    text.append("%(").append(part.getClass().getName());
    RecordParts parts = RecordParts.of(part.getClass());
    for (int i = 0; parts != null && i < parts.size(); i++) {
      append(text.append("%,"), parts.get(part, i), String.class);
    }
    text.append("%)");
  }

  private static void append(StringBuilder text, KeyPart copy) {
    text.append("%(").append(CacheKey.join(copy.kind()));
    if (copy.content() instanceof Map<?, ?> map) {
      appendAll(
          text,
          map.entrySet().stream()
              .map(each -> text(each.getKey()) + "%=" + text(each.getValue()))
              .sorted()
              .toList());
    } else if (copy.content() instanceof Set<?> set) {
      appendAll(text, set.stream().map(KeyText::text).sorted().toList());
    } else if (copy.content() instanceof List<?> list) {
      appendAll(text, list.stream().map(KeyText::text).toList());
    } else {
      append(text.append("%,"), copy.content(), String.class);
    }
    text.append("%)");
  }

  private static String text(@Nullable Object part) {
    StringBuilder text = new StringBuilder();
    append(text, part, String.class);
    return text.toString();
  }

  private static void appendAll(StringBuilder text, Collection<String> told) {
    told.forEach(each -> text.append("%,").append(each));
  }
}
