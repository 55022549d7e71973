package io.sightline.hub.api;

import io.sightline.hub.http.HandlerErrors;
import io.sightline.hub.http.Problem;
import io.sightline.hub.http.Problems;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The end of a REST route that failed: tells the caller a problem, and the log why. */
public final class ProblemAnswer implements Processor {

    @Override
    public void process(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Problem problem = cause == null ? Problems.usual(500) : HandlerErrors.problem(cause);
        String path = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        Problems.log(problem, path, cause);
        write(exchange, problem, path);
    }

    static void write(Exchange exchange, Problem problem, String path) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        exchange.getMessage().setBody(Problems.bytes(problem, path));
    }
}
