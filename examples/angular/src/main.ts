import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { AppComponent, HomeComponent, OrdersComponent } from './app/app.component';

const routes = [
  { path: '', component: HomeComponent },
  { path: 'orders', component: OrdersComponent },
];

void bootstrapApplication(AppComponent, { providers: [provideRouter(routes)] });
