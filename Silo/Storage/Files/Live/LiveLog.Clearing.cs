namespace OrleansChat.Storage.Files.Live;

/// <content>How the log gets rid of what is not needed any more.</content>
internal sealed partial class LiveLog
{
    // Bounds the log. What fails here is tried again with the next full segment.
    private void MakeRoom()
    {
        if (!segments.HasGrown)
        {
            return;
        }

        try
        {
            segments.HasGrown = false;
            segments.DeleteUnneeded();
            var allowed = Math.Max(options.FullSegments, 1 + (4 * index.NeededBytes / options.SegmentBytes));

            // Two at a time are enough to go down again after many replies have ended, and not enough to hold up the commit.
            for (var i = 0; i < 2 && segments.Full > allowed; i++)
            {
                copying.Copy(segments.Oldest);
                segments.DeleteUnneeded();
            }
        }
        catch (Exception e)
        {
            // The commit that led here is written.
            logger.LiveLogNotCleared(e);
        }
    }

    // Leaves only what is needed. Where that fails, on a full disk for one, everything is as it was, and usable.
    private void Clear()
    {
        lock (writing)
        {
            try
            {
                isEraseDue = false;
                if (!disposed)
                {
                    segments.Seal();
                    var old = segments.Sealed();
                    copying.Copy(old);
                    segments.Delete(old);
                    index.DeletedAll();
                }
            }
            catch (Exception e)
            {
                logger.LiveLogNotCleared(e);
                EraseLater();
            }
        }
    }

    private void EraseLater()
    {
        if (!isEraseDue)
        {
            isEraseDue = true;
            erasing.Change(options.EraseAfter, Timeout.InfiniteTimeSpan);
        }
    }

    private void TryTell()
    {
        try
        {
            buffer.Begin();
            if (index.Tell(buffer) is > 0 and var told && segments.Count > 0)
            {
                segments.Append(buffer, out _);
                index.Told(told);
            }
        }
        catch (Exception e) when (Failures.IsOfMedium(e))
        {
            // The notes only spare the next start a look into the main files.
        }
    }
}
