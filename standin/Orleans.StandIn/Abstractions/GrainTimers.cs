using System.Diagnostics.CodeAnalysis;
using Orleans.StandIn.Activations;

namespace Orleans
{
    /// <summary>Timers of grains.</summary>
    public static class GrainBaseExtensions
    {
        /// <summary>Registers a callback that runs as a request of this activation, again and again, never two at once.</summary>
        /// <exception cref="InvalidOperationException">The caller is not on the activation's scheduler.</exception>
        public static IGrainTimer RegisterGrainTimer<TState>(
            this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(grain);
            ArgumentNullException.ThrowIfNull(callback);
            return ((Activation)grain.GrainContext).AddTimer(cancellationToken => callback(state, cancellationToken), options);
        }

        /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)" />
        public static IGrainTimer RegisterGrainTimer<TState>(
            this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options) =>
            grain.RegisterGrainTimer((state, _) => callback(state), state, options);

        /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)" />
        public static IGrainTimer RegisterGrainTimer(
            this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
            grain.RegisterGrainTimer(static (callback, cancellationToken) => callback(cancellationToken), callback, options);

        /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)" />
        public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options) =>
            grain.RegisterGrainTimer(static (callback, _) => callback(), callback, options);
    }
}

namespace Orleans.Runtime
{
    /// <summary>A grain's timer; dispose of it to stop it.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>Changes when it fires next and how often from then on. During its callback, the change counts from the callback's end.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    /// <summary>What a timer is to do.</summary>
    public readonly struct GrainTimerCreationOptions()
    {
        /// <summary>Sets the times.</summary>
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
            : this()
        {
            DueTime = dueTime;
            Period = period;
        }

        /// <summary>When it fires first; infinite for never.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>How long after the end of a callback the next one starts; infinite for never.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether callbacks start whatever the activation is doing. Default false.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether callbacks count as use, so that the activation is not collected. Default false.</summary>
        public bool KeepAlive { get; init; }
    }
}
