import { useMutation, useSubscription } from "@apollo/client";
import NEWS from "../queries/news.graphql";
import GONE from "../queries/gone.graphql";
import { News } from "../queries/news.graphql";

export function Page({ types }: { types: string[] }) {
  const { data } = useSubscription(NEWS, { variables: { types } });
  const [remove] = useMutation(GONE);
  return <p onClick={() => remove()}>It's {data ? data.bot_threads_calls_tasks.news_id : News.kind}</p>;
}
