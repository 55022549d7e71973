package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContractTest {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

    @Test
    void shouldNameNoParameterInAPathAsOneInAQuery() {
        var contract = new Contract();

        Set<String> inPaths = IN_PATH.matcher(contract.routedOperations())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        // what a query did not ask for is taken off the message, and both are headers there
        assertThat(inPaths).isNotEmpty().doesNotContainAnyElementsOf(contract.queryParameters());
    }
}
