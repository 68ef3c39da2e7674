import { SkeletonPage } from "../../_ui/skeleton/skeleton.tsx";

export default function Loading() {
  return <SkeletonPage />;
}
