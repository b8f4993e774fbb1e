"use client";

import {
  Component,
  type ComponentType,
  type LazyExoticComponent,
  lazy,
  type ReactNode,
  Suspense,
} from "react";
import { PartFailed } from "./part-failed";

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

interface LazyPartProps<Props> {
  /** The same function in every render. */
  load: Load<Props>;
  props: Props;
  onGiveUp: () => void;
}

interface LazyPartState<Props> {
  Part: LazyExoticComponent<ComponentType<Props>>;
  /** What the load failed with, if it did. */
  failure: unknown;
  hasFailed: boolean;
}

/**
 * A part of the page whose code loads when it is first shown. Where it cannot be loaded, the page
 * stays, says so, and loads it again when asked. Where its file is gone, the page offers a button that
 * reloads it, so the person chooses when.
 */
export class LazyPart<Props extends object> extends Component<
  LazyPartProps<Props>,
  LazyPartState<Props>
> {
  override state: LazyPartState<Props> = {
    Part: lazy(this.props.load),
    failure: null,
    hasFailed: false,
  };

  static getDerivedStateFromError(failure: unknown) {
    return { failure, hasFailed: true };
  }

  // A lazy component never forgets a failure, so each try needs one of its own.
  private readonly retry = () => {
    this.setState({ Part: lazy(this.props.load), failure: null, hasFailed: false });
  };

  override render(): ReactNode {
    const { props, onGiveUp } = this.props;
    const { Part, failure, hasFailed } = this.state;
    if (hasFailed) {
      return <PartFailed failure={failure} onRetry={this.retry} onGiveUp={onGiveUp} />;
    }
    return (
      <Suspense>
        <Part {...props} />
      </Suspense>
    );
  }
}
