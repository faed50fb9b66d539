using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>What events do to the tables of the news.</summary>
internal static class NewsFold
{
    /// <summary>Whether an event is news, or needed to tell whose.</summary>
    public static bool Takes(RecordedEvent recorded) => recorded.Event is IdeaStatusChanged or ResultsAnnounced or IdeaSubmitted or CommentEvent or VotesMerged or VotesUnmerged
        || recorded.Event is InvestmentChanged { Cause: not null, Old: > 0, New: 0 };

    /// <summary>Folds one event.</summary>
    public static void Apply(SqliteSession session, RecordedEvent recorded)
    {
        var (campaign, key, at) = (recorded.Stream.Campaign.Value.ToBytes(), recorded.Stream.Key.ToBytes(), recorded.At.UnixMilliseconds);
        switch (recorded.Event)
        {
            case IdeaSubmitted e:
                foreach (var author in e.Authors)
                    session.Execute(NewsTables.AddAuthor, campaign, author.Value.ToBytes(), key);
                break;
            case IdeaStatusChanged e:
                session.Execute(NewsTables.AddStep, campaign, at, key, recorded.Version, (long)e.Old, (long)e.New, e.Answer?.Id.Value.ToBytes());
                break;
            case ResultsAnnounced e:
                session.Execute(NewsTables.AddStep, campaign, at, Array.Empty<byte>(), recorded.Version, e.Old is null ? 0L : 1L, 0L, e.New.Text.Id.Value.ToBytes());
                break;
            case InvestmentChanged e:
                session.Execute(NewsTables.PutReturned, campaign, key, e.Idea.Value.ToBytes(), e.First.UnixMilliseconds, at, (long)e.Old);
                break;
            // The ballot does not name it any more.
            case VotesMerged e:
                session.Execute(NewsTables.PutReturned, campaign, key, e.From.Value.ToBytes(), at, at, 0L);
                break;
            case VotesUnmerged e:
                session.Execute(NewsTables.DropReturned, campaign, key, e.From.Value.ToBytes());
                break;
            case CommentEvent e:
                Apply(session, campaign, key, at, e);
                break;
        }
    }

    private static void Apply(SqliteSession session, byte[] campaign, byte[] thread, long at, CommentEvent happened)
    {
        var comment = happened.Comment.Value.ToBytes();
        switch (happened)
        {
            case CommentPosted e:
                // Who answers nobody in particular answers whoever began the thread.
                var answered = session.Scalar(NewsTables.AuthorOf, campaign, thread, e.ReplyTo?.Value.ToBytes() ?? thread) as byte[];
                session.Execute(
                    NewsTables.AddRemark, campaign, thread, comment, e.Idea.Value.ToBytes(), at, e.Author?.Value.ToBytes(), answered, e.Text.Id.Value.ToBytes());
                break;
            case CommentEdited e:
                session.Execute(NewsTables.SetText, campaign, thread, comment, e.New.Id.Value.ToBytes());
                break;
            case CommentHidden e:
                session.Execute(NewsTables.SetHidden, campaign, thread, comment, (long)e.New, at);
                break;
            case CommentShown:
                session.Execute(NewsTables.SetHidden, campaign, thread, comment, null, null);
                break;
            case CommentDeleted:
                session.Execute(NewsTables.Forget, campaign, thread, comment);
                break;
            case CommentTextErased e:
                session.Execute(NewsTables.ForgetText, campaign, thread, comment, e.Text.Value.ToBytes());
                break;
        }
    }
}
