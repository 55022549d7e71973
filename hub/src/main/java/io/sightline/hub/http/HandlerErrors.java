package io.sightline.hub.http;

import io.sightline.hub.changes.ChangeRefusedException;
import io.sightline.hub.changes.FieldProblem;
import io.sightline.hub.security.AccountException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Turns what Spring handlers and routes throw into problems. */
@ControllerAdvice
public final class HandlerErrors {

    @ExceptionHandler
    void answer(Exception exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (exception instanceof AsyncRequestNotUsableException) {
            return; // the caller is gone
        }
        Problem problem = problem(exception);
        if (problem.status() >= 500) {
            Problems.log(problem, request.getRequestURI(), exception);
        }
        Problems.write(request, response, problem);
    }

    /** What a caller is told of an exception. */
    public static Problem problem(Throwable exception) {
        if (exception instanceof ProblemException known) {
            return known.problem();
        }
        if (exception instanceof AccountException refused) {
            return switch (refused.kind()) {
                case INVALID -> Problem.of(422, String.valueOf(refused.getMessage()));
                case CONFLICT -> Problem.of(409, String.valueOf(refused.getMessage()));
                case MISSING -> Problem.of(404, String.valueOf(refused.getMessage()));
            };
        }
        if (exception instanceof ChangeRefusedException refused) {
            return problem(refused);
        }
        if (exception instanceof RejectedExecutionException) {
            return Problems.usual(503);
        }
        if (exception instanceof ErrorResponse known) {
            return Problems.usual(known.getStatusCode().value());
        }
        return Problems.usual(exception instanceof HttpMessageNotReadableException ? 400 : 500);
    }

    private static Problem problem(ChangeRefusedException refused) {
        int status =
                switch (refused.kind()) {
                    case MISSING -> 404;
                    case CONFLICT -> 409;
                    case STALE -> 412;
                    case INVALID -> 422;
                };
        return Problem.of(
                status,
                String.valueOf(refused.getMessage()),
                refused.problems().stream().map(FieldProblem::members).toList());
    }
}
