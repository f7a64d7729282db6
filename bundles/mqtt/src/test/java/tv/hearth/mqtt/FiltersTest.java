package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true", "a/+, a/b, true", "a/#, a/b/c, true", "a/#, a, true", "#, a/b, true",
    "+/+, a/b, true", "+, a/b, false", "a/+, a, false", "a/b, a/b/c, false", "a/b/c, a/b, false",
    "+/b, /b, true", "#, $SYS/x, false", "+/x, $SYS/x, false", "$SYS/#, $SYS/x, true"
  })
  void matches(String filter, String topic, boolean expected) {
    assertEquals(expected, Filters.matches(filter, topic));
  }

  @ParameterizedTest
  @CsvSource({"a/b, true", "+, true", "a/#, true", "a#, false", "a/#/b, false", "a+/b, false"})
  void validity(String filter, boolean expected) {
    assertEquals(expected, Filters.valid(filter));
  }

  @Test
  void addresses() {
    assertEquals(new BrokerAddress("b.example", 8883), BrokerAddress.parse("mqtts://b.example"));
    assertEquals(new BrokerAddress("::1", 1), BrokerAddress.parse(" mqtts://[::1]:1/ "));
    assertEquals("ssl://[::1]:1", BrokerAddress.parse("mqtts://[::1]:1").uri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "mqtt://b:1", "mqtts://b:0", "mqtts://b:70000", "mqtts://b/x"})
  void wrongAddressesAreRefused(String address) {
    assertThrows(IllegalArgumentException.class, () -> BrokerAddress.parse(address));
  }
}
