package dev.tiercel.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Instants and durations as two numbers, seconds and nanoseconds: as exact as a text and quicker,
 * since nothing is parsed.
 */
final class SecondsAndNanos {
  private SecondsAndNanos() {}

  /** Makes Jackson write and read them so. */
  static void addTo(SimpleModule module) {
    module.addSerializer(Instant.class, new InstantWriter());
    module.addDeserializer(Instant.class, new InstantReader());
    module.addSerializer(Duration.class, new DurationWriter());
    module.addDeserializer(Duration.class, new DurationReader());
  }

  private static void write(JsonGenerator out, long seconds, int nanos) throws IOException {
    out.writeStartArray();
    out.writeNumber(seconds);
    out.writeNumber(nanos);
    out.writeEndArray();
  }

  private static long first(JsonParser in, DeserializationContext context) throws IOException {
    require(in.currentToken(), JsonToken.START_ARRAY, context);
    return number(in, context);
  }

  private static long last(JsonParser in, DeserializationContext context) throws IOException {
    long number = number(in, context);
    require(in.nextToken(), JsonToken.END_ARRAY, context);
    return number;
  }

  private static long number(JsonParser in, DeserializationContext context) throws IOException {
    require(in.nextToken(), JsonToken.VALUE_NUMBER_INT, context);
    return in.getLongValue();
  }

  private static void require(JsonToken found, JsonToken wanted, DeserializationContext context)
      throws IOException {
    if (found != wanted) {
      context.reportInputMismatch(Instant.class, "a time has a %s in place of %s", found, wanted);
    }
  }

  private static final class InstantWriter extends StdScalarSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      write(out, value.getEpochSecond(), value.getNano());
    }
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Instant.ofEpochSecond(first(in, context), last(in, context));
    }
  }

  private static final class DurationWriter extends StdScalarSerializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      write(out, value.getSeconds(), value.getNano());
    }
  }

  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Duration.ofSeconds(first(in, context), last(in, context));
    }
  }
}
