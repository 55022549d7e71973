package io.sightline.hub.api;

import io.sightline.hub.http.Problem;
import io.sightline.hub.http.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.rest.openapi.validator.client.OpenApiRestClientRequestValidator;
import org.apache.camel.spi.RestClientRequestValidator;
import org.jspecify.annotations.Nullable;

/** Checks requests against the contract, and tells what is wrong as a problem. */
final class ContractValidator implements RestClientRequestValidator {
    private static final Pattern LINE = Pattern.compile("\\[ERROR]\\[REQUEST]\\[[^]]*?(@[^]]*)?]\\s*(.{1,300})");
    private static final int MOST_TOLD = 10;

    private final Set<String> queryParameters;
    private final RestClientRequestValidator checks = new OpenApiRestClientRequestValidator();

    ContractValidator(Set<String> queryParameters) {
        this.queryParameters = queryParameters;
    }

    @Override
    public @Nullable ValidationError validate(Exchange exchange, ValidationContext context) {
        removeForged(exchange.getMessage());
        ValidationError found = checkDecoded(exchange, context);
        if (found == null) {
            return null;
        }
        Problem problem = Problem.of(found.statusCode(), detail(found.body()));
        String path = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        Problems.log(problem, path, null);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return new ValidationError(
                found.statusCode(), new String(Problems.bytes(problem, path), StandardCharsets.UTF_8));
    }

    /** The checks look at the query as it was sent: a time whose colons are escaped would be refused. */
    private @Nullable ValidationError checkDecoded(Exchange exchange, ValidationContext context) {
        Message message = exchange.getMessage();
        String sent = message.getHeader(Exchange.HTTP_QUERY, String.class);
        if (sent == null || sent.indexOf('%') < 0) {
            return checks.validate(exchange, context);
        }
        message.setHeader(Exchange.HTTP_QUERY, decoded(sent));
        try {
            return checks.validate(exchange, context);
        } finally {
            message.setHeader(Exchange.HTTP_QUERY, sent);
        }
    }

    /** Pair by pair; one that would become more than one pair, or cannot be decoded, stays as it is. */
    static String decoded(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> {
                    try {
                        String plain = URLDecoder.decode(pair, StandardCharsets.UTF_8);
                        return plain.indexOf('&') < 0 && plain.indexOf('=') == plain.lastIndexOf('=') ? plain : pair;
                    } catch (IllegalArgumentException e) {
                        return pair;
                    }
                })
                .collect(Collectors.joining("&"));
    }

    /** An HTTP header named as a parameter would look like one that was checked. */
    private void removeForged(Message message) {
        String query = message.getHeader(Exchange.HTTP_QUERY, "", String.class);
        Set<String> asked = Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2)[0])
                .collect(Collectors.toSet());
        queryParameters.stream().filter(name -> !asked.contains(name)).forEach(message::removeHeader);
    }

    /** One sentence for each wrong part, without the validator's own marks. */
    static String detail(@Nullable String report) {
        var detail = new StringBuilder();
        Matcher lines = LINE.matcher(report == null ? "" : report);
        for (int told = 0; told < MOST_TOLD && lines.find(); told++) {
            String where = lines.group(1) == null ? "" : lines.group(1).substring(1) + ": ";
            detail.append(detail.isEmpty() ? "" : " ")
                    .append(where)
                    .append(lines.group(2).trim());
        }
        return detail.isEmpty() ? "The request is not as the contract says." : detail.toString();
    }
}
