package dev.weft.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Weft;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

/** The example of the page about seeing. */
class SeeingPageTest {
    static PrometheusMeterRegistry measured() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new WeftMetrics().bindTo(registry);
        return registry; // registry.scrape() is the page that Prometheus reads
    }

    @Test
    void aRegistryHasTheMetersOfTheRunningLoops() {
        PrometheusMeterRegistry registry = measured();

        String page = Weft.run(() -> Coroutine.of(registry.scrape()));

        assertThat(page).contains("weft_tasks_alive{loop=").contains("weft_steps_seconds_bucket");
    }
}
