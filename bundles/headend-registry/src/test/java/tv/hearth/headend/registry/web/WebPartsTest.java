package tv.hearth.headend.registry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebPartsTest {
  @Test
  void aBucketRefillsWithTimeAndIsOneKeysOwn() {
    RateLimiter limiter = new RateLimiter(2, 3, 10);
    for (int i = 0; i < 3; i++) {
      assertTrue(limiter.allow("a", 0));
    }
    assertFalse(limiter.allow("a", 0));
    assertTrue(limiter.allow("b", 0));
    assertFalse(limiter.allow("a", 400_000_000L));
    assertTrue(limiter.allow("a", 500_000_000L + 1000));
    assertFalse(limiter.allow("a", 500_000_000L + 1000));
  }

  @Test
  void manyKeysAreForgottenInOrder() {
    RateLimiter limiter = new RateLimiter(0, 1, 100);
    for (int i = 0; i < 1000; i++) {
      assertTrue(limiter.allow(i, 0));
    }
    assertFalse(limiter.allow(999, 0));
    assertTrue(limiter.allow(0, 0), "the oldest was to be forgotten");
  }

  @Test
  void jsonEscapesWhatBoxesSay() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("a", "x\"\\\n\u0001\u2028");
    page.put("b", Arrays.asList(1, true, null, List.of(), Map.of()));
    assertEquals(
        "{\"a\":\"x\\\"\\\\\\u000a\\u0001\\u2028\",\"b\":[1,true,null,[],{}]}\n",
        new String(Json.write(page), StandardCharsets.UTF_8));
  }
}
