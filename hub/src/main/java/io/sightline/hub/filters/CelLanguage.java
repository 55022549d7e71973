package io.sightline.hub.filters;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.annotations.Language;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LanguageSupport;

/**
 * The Camel language {@code cel} over the event in the body: {@code language: {language: cel, expression: "…"}}. What is
 * wrong with an expression is told when its route is made; {@code true} looks at nothing.
 */
@Language("cel")
public final class CelLanguage extends LanguageSupport {
    private static final String ALL = "true";

    @Override
    public Predicate createPredicate(String expression) {
        String text = loadResource(expression).strip();
        if (text.equals(ALL)) {
            return exchange -> true;
        }
        EventFilter filter = EventFilter.of(text);
        return exchange -> filter.wants(body(exchange));
    }

    @Override
    public Expression createExpression(String expression) {
        Predicate predicate = createPredicate(expression);
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return predicate.matches(exchange);
            }
        };
    }

    private static byte[] body(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }
}
