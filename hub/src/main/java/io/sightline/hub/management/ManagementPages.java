package io.sightline.hub.management;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What the web server of the management port has beside Spring's own: its first page, and a gate before Jolokia. Without
 * an annotation, or the scan would find it for the main port too; it is named in {@code META-INF/spring}.
 */
public class ManagementPages {
    private static final String JOLOKIA = "/actuator/jolokia";

    @Bean
    ServletRegistrationBean<HttpServlet> firstPage() {
        var registration = new ServletRegistrationBean<HttpServlet>(new ToHawtio(), "");
        registration.setName("firstPage");
        return registration;
    }

    @Bean
    FilterRegistrationBean<ReadOnlyGet> jolokiaGate() {
        var registration = new FilterRegistrationBean<>(new ReadOnlyGet());
        registration.addUrlPatterns(JOLOKIA, JOLOKIA + "/*");
        registration.setName("jolokiaGate");
        return registration;
    }

    static final class ToHawtio extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendRedirect("/actuator/hawtio");
        }
    }

    /**
     * A link can make a browser send a GET, and GETs carry no token: so they only read. Jolokia itself would also start
     * and stop by GET, and takes its order from the parameter {@code p} as well.
     */
    static final class ReadOnlyGet extends OncePerRequestFilter {
        private static final Set<String> READING = Set.of("", "version", "list", "read", "search");

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getMethod().equals("POST") || reads(request)) {
                chain.doFilter(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            }
        }

        private static boolean reads(HttpServletRequest request) {
            String path = request.getRequestURI().substring(JOLOKIA.length());
            String[] parts = path.split("/", 3);
            String order = parts.length < 2 ? "" : parts[1];
            return READING.contains(order) && request.getParameter("p") == null;
        }
    }
}
