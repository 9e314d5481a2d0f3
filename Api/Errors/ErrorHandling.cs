using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Edge.Connections;
using OrleansChat.Edge.Headers;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Errors;

/// <summary>Turns exceptions into answers, in one place.</summary>
internal static partial class ErrorHandling
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Adds the error handling, outermost.</summary>
    public static IApplicationBuilder UseErrorHandling(this IApplicationBuilder app)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorHandling).FullName!);
        return app.Use((context, next) => HandleAsync(context, next, logger));
    }

    private static async Task HandleAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (CutOffException e)
        {
            // For the server: it closes the connection without completing the response. The caller did not leave, but may not have all.
            RequestAttempts.CutOff(context, wasAnswered: e.End == StreamEnd.Failed);
            throw;
        }
        catch (Exception e) when (e is ConnectionResetException || (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested))
        {
            // Nobody is left to answer to. One who breaks off in the middle of a body is not told as having left before his body fails.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            SecurityHeaders.Set(context);
            await AnswerTo(e, context, logger).InFormatOf(context).ExecuteAsync(context);
        }
        catch (Exception e)
        {
            LogFailedInResponse(logger, e, context.Request.Path);
            throw;
        }
    }

    private static ProblemHttpResult AnswerTo(Exception exception, HttpContext context, ILogger logger)
    {
        switch (exception)
        {
            case InvalidRequestException e:
                return Problems.Invalid(e.Status, e.Message);
            case BusyException e:
                return Problems.Busy(e.Message);
            case AdmissionEndedException:
                return Refusals.Unauthenticated(context);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                // The rest of the body would still have to be taken before there could be another request.
                context.Response.CloseConnection();
                return Problems.RequestTimeout();
            case IOException { InnerException: OverflowException }:
                // As Kestrel tells a chunk of more than 2 GiB; all other faults of framing are exceptions of the kind below.
                return Problems.Invalid(StatusCodes.Status400BadRequest, "A chunk of the body has no size that can be.");
            case BadHttpRequestException e:
                return Problems.Invalid(e.StatusCode, e.Message);
            case StorageUnavailableException:
                LogUnavailable(logger, exception, context.Request.Path);
                context.Response.Headers.RetryAfter = $"{RetryAfter.TotalSeconds:0}";
                return Problems.StorageUnavailable();
            case var e when Unavailability.IsTransient(e):
                LogUnavailable(logger, exception, context.Request.Path);
                context.Response.Headers.RetryAfter = $"{RetryAfter.TotalSeconds:0}";
                return Problems.Unavailable();
            default:
                LogFailed(logger, exception, context.Request.Path);
                return Problems.Internal();
        }
    }

    [LoggerMessage(LogLevel.Warning, "A request to {Path} could not be served for now.")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, PathString path);

    [LoggerMessage(LogLevel.Error, "A request to {Path} failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, PathString path);

    [LoggerMessage(LogLevel.Error, "A response of {Path} failed after it had started.")]
    private static partial void LogFailedInResponse(ILogger logger, Exception exception, PathString path);
}
