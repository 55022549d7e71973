package io.sightline.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.hub.api.Contract;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RightsTest {
    @Test
    void shouldHaveOneRowForEachOperationOfTheContractAndNoOther() {
        // Given
        var contract = new Contract()
                .operations().stream()
                        .map(operation -> operation.replace(" /", " /api/v1/"))
                        .collect(Collectors.toSet());
        // When
        var rows = Rights.main().stream()
                .filter(row -> row.path().startsWith("/api/"))
                .map(row -> row.method() + " " + row.path())
                .toList();
        // Then
        assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(contract);
    }

    @Test
    void shouldCountNestingOutsideOfTextsOnly() {
        assertThat(RequestLimits.tooDeep("[".repeat(64).getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(RequestLimits.tooDeep("[".repeat(65).getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(RequestLimits.tooDeep(("{\"a\":\"" + "[".repeat(65) + "\\\"[\"}").getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(RequestLimits.tooDeep("[]".repeat(100).getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
