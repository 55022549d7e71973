package io.sightline.hub.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Errors that the web server answers before any filter runs, such as a request that it cannot read. */
@Configuration(proxyBeanMethods = false)
class ServerErrors {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfServer() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    /** Writes a problem instead of the server's page; made by the server, by name. */
    public static final class ProblemValve extends ErrorReportValve {
        private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

        /** The server tells by its words alone why it could not read the request. */
        private static final Set<String> TOO_LARGE =
                Set.of(StringManager.getManager(Http11InputBuffer.class).getString("iib.requestheadertoolarge.error"));

        private static String message(@Nullable Throwable cause) {
            return cause == null ? "" : String.valueOf(cause.getMessage());
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable cause) {
            int status = TOO_LARGE.contains(message(cause)) ? 431 : response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                response.setStatus(status);
                response.setContentType(Problem.MEDIA_TYPE);
                Problem problem = Problems.usual(status);
                String path = request.getDecodedRequestURI() == null ? "" : request.getRequestURI();
                Problems.log(problem, path, cause);
                response.getReporter().write(new String(Problems.bytes(problem, path), StandardCharsets.UTF_8));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                LOG.atDebug().setCause(e).log("a caller is gone");
            }
        }
    }
}
